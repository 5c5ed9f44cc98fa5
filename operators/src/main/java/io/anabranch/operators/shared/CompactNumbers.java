package io.anabranch.operators.shared;

import io.anabranch.models.exchange.CoordinateBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How numbers and batches are laid out on the wire: seven bits per byte, so that small numbers are
 * short. The coordinates of a shard agree in their low bits; they travel as differences without
 * these bits.
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

  static void write(CoordinateBatch batch, DataOutput target) throws IOException {
    write(batch.width(), target);
    write(batch.statisticsWidth(), target);
    write(batch.size(), target);
    write(batch.statisticsSize(), target);
    writeCoordinates(batch.coordinates(), batch.size(), target);
    float[] values = batch.values();
    for (int i = 0; i < batch.size() * batch.width(); i++) {
      target.writeInt(Float.floatToRawIntBits(values[i]));
    }
    writeCoordinates(batch.statisticsCoordinates(), batch.statisticsSize(), target);
    double[] statistics = batch.statistics();
    for (int i = 0; i < batch.statisticsSize() * batch.statisticsWidth(); i++) {
      target.writeLong(Double.doubleToRawLongBits(statistics[i]));
    }
  }

  static CoordinateBatch readBatch(DataInput source) throws IOException {
    int width = (int) read(source);
    int statisticsWidth = (int) read(source);
    int size = (int) read(source);
    int statisticsSize = (int) read(source);
    CoordinateBatch batch = new CoordinateBatch(width, statisticsWidth, size, statisticsSize);
    for (int i = 0; i < size; i++) {
      batch.add(0);
    }
    readCoordinates(batch.coordinates(), size, source);
    float[] values = batch.values();
    for (int i = 0; i < size * width; i++) {
      values[i] = Float.intBitsToFloat(source.readInt());
    }
    for (int i = 0; i < statisticsSize; i++) {
      batch.addStatistics(0);
    }
    readCoordinates(batch.statisticsCoordinates(), statisticsSize, source);
    double[] statistics = batch.statistics();
    for (int i = 0; i < statisticsSize * statisticsWidth; i++) {
      statistics[i] = Double.longBitsToDouble(source.readLong());
    }
    return batch;
  }

  private static void writeCoordinates(int[] coordinates, int size, DataOutput target)
      throws IOException {
    if (size == 0) {
      return;
    }
    int first = coordinates[0];
    int different = 0;
    for (int i = 1; i < size; i++) {
      different |= coordinates[i] ^ first;
    }
    int shift = different == 0 ? 0 : Integer.numberOfTrailingZeros(different);
    write(shift, target);
    write(first, target);
    int last = first >>> shift;
    for (int i = 1; i < size; i++) {
      int next = coordinates[i] >>> shift;
      int step = next - last;
      write((step << 1 ^ step >> 31) & 0xffffffffL, target);
      last = next;
    }
  }

  private static void readCoordinates(int[] coordinates, int size, DataInput source)
      throws IOException {
    if (size == 0) {
      return;
    }
    int shift = (int) read(source);
    int first = (int) read(source);
    int low = first & (1 << shift) - 1;
    coordinates[0] = first;
    int last = first >>> shift;
    for (int i = 1; i < size; i++) {
      int zigzag = (int) read(source);
      last += zigzag >>> 1 ^ -(zigzag & 1);
      coordinates[i] = last << shift | low;
    }
  }
}
