package io.anabranch.operators.shared;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How whole numbers are laid out on the wire: seven bits per byte, so that small ones are short.
 */
final class CompactNumbers {
  private CompactNumbers() {}

  static void write(long number, DataOutput target) throws IOException {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      target.writeByte((int) rest | 0x80);
      rest >>>= 7;
    }
    target.writeByte((int) rest);
  }

  static long read(DataInput source) throws IOException {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = source.readByte();
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("a number must end within 10 bytes");
  }
}
