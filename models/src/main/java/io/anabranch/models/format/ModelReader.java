package io.anabranch.models.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ModelWriter} wrote, in the same order. Every read checks what is left before it
 * allocates, so that no bytes whatever can ask for more memory than they have themselves.
 */
public final class ModelReader {
  private final int stateVersion;
  private final ByteBuffer in;

  private ModelReader(int stateVersion, ByteBuffer in) {
    this.stateVersion = stateVersion;
    this.in = in;
  }

  /**
   * Opens a model and verifies its checksum.
   *
   * @param newestKnownStateVersion the newest layout that the caller can read
   * @throws CorruptModelException when the bytes are no model, damaged, of another learner, or
   *     written by a newer build
   */
  public static ModelReader open(byte[] bytes, String learnerType, int newestKnownStateVersion) {
    ModelFrame frame = ModelFrame.of(bytes);
    if (!frame.learnerType().equals(learnerType)) {
      throw new CorruptModelException(
          "the learner type must be '%s', got '%s': this is the model of another learner"
              .formatted(learnerType, frame.learnerType()));
    }
    if (frame.stateVersion() < 1 || frame.stateVersion() > newestKnownStateVersion) {
      throw new CorruptModelException(
          "the state version of '%s' must be between 1 and %d, got %d: a newer build wrote this model"
              .formatted(learnerType, newestKnownStateVersion, frame.stateVersion()));
    }
    return new ModelReader(frame.stateVersion(), frame.payload());
  }

  /** The version of the layout to be read. */
  public int stateVersion() {
    return stateVersion;
  }

  /** Reads an int. */
  public int readInt() {
    return need(Integer.BYTES).getInt();
  }

  /** Reads a long. */
  public long readLong() {
    return need(Long.BYTES).getLong();
  }

  /** Reads a float. */
  public float readFloat() {
    return Float.intBitsToFloat(need(Float.BYTES).getInt());
  }

  /** Reads a double. */
  public double readDouble() {
    return Double.longBitsToDouble(need(Double.BYTES).getLong());
  }

  /** Reads a boolean. */
  public boolean readBoolean() {
    byte value = need(1).get();
    if (value != 0 && value != 1) {
      throw new CorruptModelException(
          "a boolean must be 0 or 1, got %d at byte %d of the payload"
              .formatted(value, in.position() - 1));
    }
    return value == 1;
  }

  /** Reads a text. */
  public String readString() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /** Reads a byte string. */
  public byte[] readBytes() {
    byte[] bytes = new byte[readLength(1)];
    in.get(bytes);
    return bytes;
  }

  /** Reads an array of ints of whatever length. */
  public int[] readInts() {
    int[] values = new int[readLength(Integer.BYTES)];
    in.asIntBuffer().get(values);
    skip(values.length * Integer.BYTES);
    return values;
  }

  /** Reads an array of floats of whatever length. */
  public float[] readFloats() {
    float[] values = new float[readLength(Float.BYTES)];
    in.asFloatBuffer().get(values);
    skip(values.length * Float.BYTES);
    return values;
  }

  /** Reads an array of doubles of whatever length. */
  public double[] readDoubles() {
    double[] values = new double[readLength(Double.BYTES)];
    in.asDoubleBuffer().get(values);
    skip(values.length * Double.BYTES);
    return values;
  }

  /** Reads an array of exactly {@code n} ints to {@code from} on. */
  public void readInts(int[] into, int from, int n) {
    requireCount(readLength(Integer.BYTES), n);
    in.asIntBuffer().get(into, from, n);
    skip(n * Integer.BYTES);
  }

  /** Reads an array of exactly {@code n} floats to {@code from} on. */
  public void readFloats(float[] into, int from, int n) {
    requireCount(readLength(Float.BYTES), n);
    in.asFloatBuffer().get(into, from, n);
    skip(n * Float.BYTES);
  }

  /** Reads an array of exactly {@code n} doubles to {@code from} on. */
  public void readDoubles(double[] into, int from, int n) {
    requireCount(readLength(Double.BYTES), n);
    in.asDoubleBuffer().get(into, from, n);
    skip(n * Double.BYTES);
  }

  /** Says that all was read. */
  public void end() {
    if (in.hasRemaining()) {
      throw new CorruptModelException(
          "the payload must end at byte %d, got %d more: it has another layout than expected"
              .formatted(in.position(), in.remaining()));
    }
  }

  private int readLength(int bytesEach) {
    int at = in.position();
    int length = readInt();
    if (length < 0 || length > in.remaining() / bytesEach) {
      throw new CorruptModelException(
          "the length at byte %d of the payload must be between 0 and %d, got %d: no more is there"
              .formatted(at, in.remaining() / bytesEach, length));
    }
    return length;
  }

  private void requireCount(int length, int expected) {
    if (length != expected) {
      throw new CorruptModelException(
          "the array before byte %d of the payload must have %d values, got %d"
              .formatted(in.position(), expected, length));
    }
  }

  private ByteBuffer need(int bytes) {
    if (in.remaining() < bytes) {
      throw new CorruptModelException(
          "the payload must have %d more bytes at byte %d, got %d: it has another layout than expected"
              .formatted(bytes, in.position(), in.remaining()));
    }
    return in;
  }

  private void skip(int bytes) {
    in.position(in.position() + bytes);
  }
}
