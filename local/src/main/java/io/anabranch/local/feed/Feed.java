package io.anabranch.local.feed;

import io.anabranch.job.pipeline.Pipeline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file and the topic it goes to, checked: the file can be read and the topic takes its format.
 */
public final class Feed {
  private static final int GZIP_BUFFER = 8 << 10;

  private final Path file;
  private final FileFormat format;
  private final TopicShape shape;
  private final long bytes;

  private Feed(Path file, FileFormat format, TopicShape shape, long bytes) {
    this.file = file;
    this.format = format;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * Reads {@code TOPIC=FILE}.
   *
   * @param shapes the topics that may be fed
   * @throws FeedException when the option, the topic or the file is wrong
   */
  public static Feed parse(String option, List<TopicShape> shapes) throws FeedException {
    int equals = option.indexOf('=');
    if (equals <= 0 || equals == option.length() - 1) {
      throw new FeedException("--feed must be TOPIC=FILE, got " + option);
    }
    String topic = option.substring(0, equals);
    TopicShape shape =
        shapes.stream()
            .filter(s -> s.topic().equals(topic))
            .findFirst()
            .orElseThrow(
                () ->
                    new FeedException(
                        "--feed "
                            + option
                            + ": the topic must be an input of the pipeline ("
                            + String.join(", ", shapes.stream().map(TopicShape::topic).toList())
                            + "), got "
                            + topic));
    return of(Path.of(option.substring(equals + 1)), shape);
  }

  /**
   * A file whose records go where {@code shape} says.
   *
   * @throws FeedException when the file is wrong
   */
  public static Feed of(Path file, TopicShape shape) throws FeedException {
    FileFormat format = FileFormat.of(file);
    if (format == FileFormat.LIBSVM && !(shape.format() instanceof Pipeline.Format.Json)) {
      throw new FeedException(
          file
              + ": libsvm holds sparse vectors, which topic "
              + shape.topic()
              + " can't take: its format must be json");
    }
    if (!Files.isRegularFile(file)) {
      throw new FeedException(file + ": " + (Files.exists(file) ? "not a file" : "no such file"));
    }
    try {
      Feed feed = new Feed(file, format, shape, Files.size(file));
      // A wrong header or a broken archive is to show before anything is started.
      feed.open(feed.openFile()).close();
      return feed;
    } catch (IOException e) {
      throw new FeedException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the file from its beginning, each record as its topic would get it.
   *
   * @throws FeedException when the file has become wrong since it was checked
   */
  public RecordReader records() throws FeedException {
    try {
      return open(openFile());
    } catch (IOException e) {
      throw unreadable(e, 0);
    }
  }

  /**
   * What a reader's failure means.
   *
   * @param records how many were read before
   */
  public FeedException unreadable(IOException failure, long records) {
    String what =
        failure instanceof EOFException || failure instanceof ZipException
            ? "the archive is broken after record " + records
            : "cannot be read";
    return new FeedException(file + ": " + what + ": " + failure.getMessage(), failure);
  }

  CountingStream openFile() throws IOException {
    return new CountingStream(Files.newInputStream(file));
  }

  RecordReader open(CountingStream counted) throws IOException, FeedException {
    // Small: what lies in the buffer counts as read, and would spoil the progress of small files.
    boolean gzip = FileFormat.isGzip(file) && bytes > 0;
    InputStream in = gzip ? new GZIPInputStream(counted, GZIP_BUFFER) : counted;
    return switch (format) {
      case CSV -> new CsvRecords(file, in, shape);
      case JSONL -> new JsonRecords(in, shape);
      case LIBSVM -> new LibsvmRecords(in, shape);
    };
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The size of the file as it lies there, compressed or not. */
  public long bytes() {
    return bytes;
  }

  /** The topic. */
  public String topic() {
    return shape.topic();
  }
}
