package io.anabranch.local.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Says how far into a file its reader is; read by another thread. */
final class CountingStream extends FilterInputStream {
  private final AtomicLong bytes = new AtomicLong();

  CountingStream(InputStream in) {
    super(in);
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      bytes.incrementAndGet();
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    bytes.addAndGet(Math.max(0, count));
    return count;
  }
}
