package io.anabranch.local.feed;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts bytes into lines without reading them as text; a byte order mark at the start is skipped.
 */
final class LineReader implements Closeable {
  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line without its {@code \n} or {@code \r\n}; empty at the end. */
  Optional<byte[]> next() throws IOException {
    line.reset();
    boolean some = false;
    while (fill()) {
      some = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, from, end - from);
      boolean terminated = end < to;
      from = terminated ? end + 1 : end;
      if (terminated) {
        break;
      }
    }
    if (!some) {
      return Optional.empty();
    }
    number++;
    return Optional.of(trimmed(line.toByteArray()));
  }

  /** The number of the line last returned, 1-based. */
  long number() {
    return number;
  }

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, in.read(buffer));
    }
    return from < to;
  }

  private byte[] trimmed(byte[] bytes) {
    int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    boolean marked =
        number == 1
            && end >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return Arrays.copyOfRange(bytes, marked ? 3 : 0, end);
  }

  /** Whether a line holds nothing but blanks. */
  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
