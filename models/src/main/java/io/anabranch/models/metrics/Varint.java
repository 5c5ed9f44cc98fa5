package io.anabranch.models.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/** Counts, seven bits per byte, least significant first: most counts of a chunk are small. */
final class Varint {
  private Varint() {}

  static void write(long count, DataOutput out) throws IOException {
    long rest = count;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** Reads a count, at least 0. */
  static long read(DataInput in) throws IOException {
    long count = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      int next = in.readUnsignedByte();
      count |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return count;
      }
    }
    throw new StreamCorruptedException("a count must end within 9 bytes: the sketch is damaged");
  }

  /** Reads a count that has a bound. */
  static int read(DataInput in, int most) throws IOException {
    long count = read(in);
    if (count > most) {
      throw new StreamCorruptedException(
          "a count must be at most %d, got %d: the sketch is damaged".formatted(most, count));
    }
    return (int) count;
  }
}
