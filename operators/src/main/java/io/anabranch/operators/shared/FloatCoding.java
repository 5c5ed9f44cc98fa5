package io.anabranch.operators.shared;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.FloatBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How the values of a batch are laid out on the wire, after a byte that says how many columns have
 * a number of bytes of their own, and these numbers; the byte is 0 when all floats are whole.
 */
final class FloatCoding {
  private FloatCoding() {}

  static void write(CoordinateBatch batch, DataOutput target) throws IOException {
    FloatBytes precision = batch.precision();
    if (precision.equals(FloatBytes.ALL)) {
      target.writeByte(0);
      byte[] bytes = new byte[batch.size() * batch.width() * Float.BYTES];
      BatchCoding.littleEndian(bytes)
          .asFloatBuffer()
          .put(batch.values(), 0, batch.size() * batch.width());
      target.write(bytes);
      return;
    }
    target.writeByte(precision.columns());
    for (int column = 0; column < precision.columns(); column++) {
      target.writeByte(precision.of(column));
    }
    writeRounded(batch, precision, target);
  }

  static void read(CoordinateBatch batch, DataInput source) throws IOException {
    int[] byColumn = new int[source.readByte()];
    for (int column = 0; column < byColumn.length; column++) {
      byColumn[column] = source.readByte();
    }
    if (byColumn.length > 0) {
      readRounded(batch, new FloatBytes(byColumn), source);
      return;
    }
    int count = batch.size() * batch.width();
    BatchCoding.littleEndian(BatchCoding.bytes(count * Float.BYTES, source))
        .asFloatBuffer()
        .get(batch.values(), 0, count);
  }

  private static void writeRounded(CoordinateBatch batch, FloatBytes precision, DataOutput target)
      throws IOException {
    byte[] bytes = new byte[batch.size() * precision.ofAll(batch.width())];
    int[] byColumn = byColumn(batch, precision);
    int to = 0;
    for (int at = 0, end = batch.size() * batch.width(); at < end; ) {
      for (int kept : byColumn) {
        int bits = Float.floatToRawIntBits(batch.values()[at++]);
        for (int left = kept; left > 0; left--, bits <<= Byte.SIZE) {
          bytes[to++] = (byte) (bits >>> (3 * Byte.SIZE));
        }
      }
    }
    target.write(bytes);
  }

  private static void readRounded(CoordinateBatch batch, FloatBytes precision, DataInput source)
      throws IOException {
    byte[] bytes = BatchCoding.bytes(batch.size() * precision.ofAll(batch.width()), source);
    int[] byColumn = byColumn(batch, precision);
    int from = 0;
    for (int at = 0, end = batch.size() * batch.width(); at < end; ) {
      for (int kept : byColumn) {
        int bits = 0;
        for (int i = 0; i < kept; i++) {
          bits |= (bytes[from++] & 0xff) << ((3 - i) * Byte.SIZE);
        }
        batch.values()[at++] = Float.intBitsToFloat(bits);
      }
    }
  }

  private static int[] byColumn(CoordinateBatch batch, FloatBytes precision) {
    int[] byColumn = new int[batch.width()];
    for (int column = 0; column < byColumn.length; column++) {
      byColumn[column] = precision.of(column);
    }
    return byColumn;
  }
}
