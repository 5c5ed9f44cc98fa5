package io.anabranch.operators.shared;

import io.anabranch.models.exchange.CoordinateBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How batches are laid out on the wire. The coordinates of a shard agree in their low bits; they
 * travel as differences without these bits, seven bits per byte, after the number of these bytes.
 * Values are little-endian, as most processors have them. Whole arrays are handed to the target and
 * taken from the source: batches are most of what the loop sends, and a call per number was a tenth
 * of its cost.
 */
final class BatchCoding {
  private static final int LONGEST_STEP = 5;

  private BatchCoding() {}

  static void write(CoordinateBatch batch, DataOutput target) throws IOException {
    CompactNumbers.write(batch.width(), target);
    CompactNumbers.write(batch.statisticsWidth(), target);
    CompactNumbers.write(batch.size(), target);
    CompactNumbers.write(batch.statisticsSize(), target);
    writeCoordinates(batch.coordinates(), batch.size(), target);
    FloatCoding.write(batch, target);
    writeCoordinates(batch.statisticsCoordinates(), batch.statisticsSize(), target);
    writeStatistics(batch, target);
  }

  static CoordinateBatch read(DataInput source) throws IOException {
    int width = (int) CompactNumbers.read(source);
    int statisticsWidth = (int) CompactNumbers.read(source);
    int size = (int) CompactNumbers.read(source);
    int statisticsSize = (int) CompactNumbers.read(source);
    CoordinateBatch batch = new CoordinateBatch(width, statisticsWidth, size, statisticsSize);
    batch.fill(size, statisticsSize);
    readCoordinates(batch.coordinates(), size, source);
    FloatCoding.read(batch, source);
    readCoordinates(batch.statisticsCoordinates(), statisticsSize, source);
    littleEndian(bytes(statisticsSize * statisticsWidth * Double.BYTES, source))
        .asDoubleBuffer()
        .get(batch.statistics(), 0, statisticsSize * statisticsWidth);
    return batch;
  }

  private static void writeStatistics(CoordinateBatch batch, DataOutput target) throws IOException {
    int count = batch.statisticsSize() * batch.statisticsWidth();
    byte[] bytes = new byte[count * Double.BYTES];
    littleEndian(bytes).asDoubleBuffer().put(batch.statistics(), 0, count);
    target.write(bytes);
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
    CompactNumbers.write(shift, target);
    CompactNumbers.write(first, target);
    byte[] steps = new byte[(size - 1) * LONGEST_STEP];
    int end = 0;
    int last = first >>> shift;
    for (int i = 1; i < size; i++) {
      int next = coordinates[i] >>> shift;
      int step = next - last;
      int rest = step << 1 ^ step >> 31;
      while ((rest & ~0x7f) != 0) {
        steps[end++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      steps[end++] = (byte) rest;
      last = next;
    }
    CompactNumbers.write(end, target);
    target.write(steps, 0, end);
  }

  private static void readCoordinates(int[] coordinates, int size, DataInput source)
      throws IOException {
    if (size == 0) {
      return;
    }
    int shift = (int) CompactNumbers.read(source);
    int first = (int) CompactNumbers.read(source);
    byte[] steps = bytes((int) CompactNumbers.read(source), source);
    int low = first & (1 << shift) - 1;
    coordinates[0] = first;
    int last = first >>> shift;
    int at = 0;
    for (int i = 1; i < size; i++) {
      int zigzag = 0;
      int next;
      int bits = 0;
      do {
        next = steps[at++];
        zigzag |= (next & 0x7f) << bits;
        bits += 7;
      } while (next < 0);
      last += zigzag >>> 1 ^ -(zigzag & 1);
      coordinates[i] = last << shift | low;
    }
  }

  static byte[] bytes(int count, DataInput source) throws IOException {
    byte[] bytes = new byte[count];
    source.readFully(bytes);
    return bytes;
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
