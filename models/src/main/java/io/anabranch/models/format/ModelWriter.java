package io.anabranch.models.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes a model's state, in the layout of {@link ModelFrame}. The same calls give the same bytes.
 *
 * <pre>
 * ModelWriter out = new ModelWriter("perceptron", 1);
 * out.writeLong(examples);
 * out.writeFloats(weights, 0, weights.length);
 * byte[] bytes = out.finish();
 * </pre>
 *
 * Numbers are big-endian, floats and doubles keep their bits. Texts, byte strings and arrays come
 * with their length before them.
 */
public final class ModelWriter {
  // A little less than what an array can hold: virtual machines keep some words for themselves.
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;
  private static final int ROOM = 256;

  private ByteBuffer out = ByteBuffer.allocate(ROOM + 256);
  private final int lengthAt;

  /**
   * Begins a model.
   *
   * @param learnerType the learner's name, 1 to 255 bytes of UTF-8
   * @param stateVersion the version of the layout of what will be written, at least 1
   */
  public ModelWriter(String learnerType, int stateVersion) {
    byte[] type = learnerType.getBytes(StandardCharsets.UTF_8);
    if (type.length < 1 || type.length > 255) {
      throw new IllegalArgumentException(
          "learnerType must be between 1 and 255 bytes long, got " + type.length);
    }
    if (stateVersion < 1) {
      throw new IllegalArgumentException("stateVersion must be >= 1, got " + stateVersion);
    }
    out.putInt(ModelFrame.MAGIC);
    out.put((byte) ModelFrame.FORMAT_VERSION);
    out.put((byte) type.length);
    out.put(type);
    out.putInt(stateVersion);
    lengthAt = out.position();
    out.putInt(0);
  }

  /** Writes 4 bytes. */
  public void writeInt(int value) {
    need(Integer.BYTES).putInt(value);
  }

  /** Writes 8 bytes. */
  public void writeLong(long value) {
    need(Long.BYTES).putLong(value);
  }

  /** Writes 4 bytes. */
  public void writeFloat(float value) {
    need(Float.BYTES).putInt(Float.floatToRawIntBits(value));
  }

  /** Writes 8 bytes. */
  public void writeDouble(double value) {
    need(Double.BYTES).putLong(Double.doubleToRawLongBits(value));
  }

  /** Writes 1 byte, 0 or 1. */
  public void writeBoolean(boolean value) {
    need(1).put((byte) (value ? 1 : 0));
  }

  /** Writes a text of any length as UTF-8. An unpaired surrogate, which has none, becomes '?'. */
  public void writeString(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a byte string. */
  public void writeBytes(byte[] bytes) {
    writeInt(bytes.length);
    need(bytes.length).put(bytes);
  }

  /** Writes {@code n} ints from {@code from} on. */
  public void writeInts(int[] values, int from, int n) {
    Objects.checkFromIndexSize(from, n, values.length);
    writeInt(n);
    ByteBuffer room = need((long) n * Integer.BYTES);
    room.asIntBuffer().put(values, from, n);
    room.position(room.position() + n * Integer.BYTES);
  }

  /** Writes {@code n} floats from {@code from} on. */
  public void writeFloats(float[] values, int from, int n) {
    Objects.checkFromIndexSize(from, n, values.length);
    writeInt(n);
    ByteBuffer room = need((long) n * Float.BYTES);
    room.asFloatBuffer().put(values, from, n);
    room.position(room.position() + n * Float.BYTES);
  }

  /** Writes {@code n} doubles from {@code from} on. */
  public void writeDoubles(double[] values, int from, int n) {
    Objects.checkFromIndexSize(from, n, values.length);
    writeInt(n);
    ByteBuffer room = need((long) n * Double.BYTES);
    room.asDoubleBuffer().put(values, from, n);
    room.position(room.position() + n * Double.BYTES);
  }

  /** The whole model, with payload length and checksum. */
  public byte[] finish() {
    int size = out.position();
    ByteBuffer model = ByteBuffer.allocate(size + ModelFrame.CHECKSUM_BYTES);
    model.put(out.array(), 0, size);
    model.putInt(lengthAt, size - lengthAt - Integer.BYTES);
    model.putInt(ModelFrame.checksumOf(model.array(), size));
    return model.array();
  }

  private ByteBuffer need(long bytes) {
    long needed = out.position() + bytes + ModelFrame.CHECKSUM_BYTES;
    if (needed > MOST_BYTES) {
      throw new IllegalStateException(
          "a model must be at most %d bytes long, got %d".formatted(MOST_BYTES, needed));
    }
    if (needed > out.capacity()) {
      int capacity = (int) Math.min(MOST_BYTES, Math.max(needed, 2L * out.capacity()));
      ByteBuffer larger = ByteBuffer.allocate(capacity);
      larger.put(out.flip());
      out = larger;
    }
    return out;
  }
}
