package io.anabranch.local.output;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One file of JSON lines per topic, there from the start even if nothing is ever written. */
final class OutputFiles implements Closeable {
  private final Map<String, OutputStream> files = new HashMap<>();
  private final String deadLetters;

  OutputFiles(Path directory, Collection<String> topics, String deadLetters) throws IOException {
    this.deadLetters = deadLetters;
    Files.createDirectories(directory);
    for (String topic : topics) {
      Path file = directory.resolve(topic + ".jsonl");
      files.put(topic, new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }
  }

  void write(ConsumerRecord<byte[], byte[]> record) throws IOException {
    byte[] line =
        record.topic().equals(deadLetters)
            ? JsonLine.ofDeadLetter(record)
            : JsonLine.ofValue(record.value());
    OutputStream file = files.get(record.topic());
    if (file == null) {
      throw new IllegalStateException("topic " + record.topic() + " was not asked for");
    }
    file.write(line);
    file.write('\n');
  }

  /** Makes what was written visible to readers of the files. */
  void flush() throws IOException {
    for (OutputStream file : files.values()) {
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    for (OutputStream file : files.values()) {
      file.close();
    }
  }
}
