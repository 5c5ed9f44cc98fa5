package io.anabranch.models.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What surrounds every model, whatever its learner: big-endian,
 *
 * <pre>
 * "ANBR"            4 bytes
 * format version    1 byte
 * learner type      1 byte of length n, 1 to 255; n bytes of UTF-8
 * state version     4 bytes
 * payload length p  4 bytes
 * payload           p bytes
 * CRC-32C           4 bytes, over all before it
 * </pre>
 *
 * CRC-32C finds every error of up to 32 bits in a row, so no changed byte passes.
 */
public final class ModelFrame {
  /** The newest format version, the one that is written. */
  public static final int FORMAT_VERSION = 1;

  static final int MAGIC = 0x414e4252;
  static final int CHECKSUM_BYTES = 4;
  private static final int FIXED_BYTES = 4 + 1 + 1 + 4 + 4 + CHECKSUM_BYTES;
  private static final int SHORTEST = FIXED_BYTES + 1;

  private final String learnerType;
  private final int stateVersion;
  private final ByteBuffer payload;
  private final int checksum;

  private ModelFrame(String learnerType, int stateVersion, ByteBuffer payload, int checksum) {
    this.learnerType = learnerType;
    this.stateVersion = stateVersion;
    this.payload = payload;
    this.checksum = checksum;
  }

  /**
   * Takes bytes apart and verifies their checksum. The bytes are not copied.
   *
   * @throws CorruptModelException when the bytes are no model, damaged or of a newer format
   */
  public static ModelFrame of(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      throw new CorruptModelException(
          "a model must be at least %d bytes long, got %d: it is truncated"
              .formatted(SHORTEST, bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw new CorruptModelException(
          "a model must begin with 0x%08x ('ANBR'), got 0x%08x: these bytes are no model"
              .formatted(MAGIC, magic));
    }
    // Before anything else: what follows a newer version need not be laid out as below.
    int version = Byte.toUnsignedInt(in.get());
    if (version < 1 || version > FORMAT_VERSION) {
      throw new CorruptModelException(
          "the format version must be between 1 and %d, got %d: a newer build wrote this model, or it is damaged"
              .formatted(FORMAT_VERSION, version));
    }
    int typeLength = Byte.toUnsignedInt(in.get());
    if (typeLength == 0) {
      throw new CorruptModelException(
          "the learner type must be between 1 and 255 bytes long, got 0: the model is damaged");
    }
    requireLength(bytes, (long) FIXED_BYTES + typeLength, false);
    byte[] type = new byte[typeLength];
    in.get(type);
    int stateVersion = in.getInt();
    int payloadLength = in.getInt();
    if (payloadLength < 0) {
      throw new CorruptModelException(
          "the payload length must be >= 0, got %d: the model is damaged".formatted(payloadLength));
    }
    requireLength(bytes, (long) FIXED_BYTES + typeLength + payloadLength, true);
    int stored = in.getInt(bytes.length - CHECKSUM_BYTES);
    int computed = checksumOf(bytes, bytes.length - CHECKSUM_BYTES);
    if (stored != computed) {
      throw new CorruptModelException(
          "the checksum must be 0x%08x, got 0x%08x: the model is damaged"
              .formatted(computed, stored));
    }
    return new ModelFrame(
        new String(type, StandardCharsets.UTF_8),
        stateVersion,
        in.slice(in.position(), payloadLength).asReadOnlyBuffer(),
        stored);
  }

  private static void requireLength(byte[] bytes, long expected, boolean exactly) {
    if (bytes.length < expected) {
      throw new CorruptModelException(
          "a model with this header must be %s%d bytes long, got %d: it is truncated"
              .formatted(exactly ? "" : "at least ", expected, bytes.length));
    }
    if (exactly && bytes.length > expected) {
      throw new CorruptModelException(
          "a model with this header must be %d bytes long, got %d: something follows its end"
              .formatted(expected, bytes.length));
    }
  }

  static int checksumOf(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /** The {@link #checksum()} of bytes that {@link ModelWriter} just finished, taken on trust. */
  public static int checksumIn(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(bytes.length - CHECKSUM_BYTES);
  }

  /** The type of the learner whose model this is; for a block, see {@link BlockState}. */
  public String learnerType() {
    return learnerType;
  }

  /** The version of the payload's layout, counted by each learner type on its own. */
  public int stateVersion() {
    return stateVersion;
  }

  /**
   * The CRC-32C that the bytes end with; manifests list it. Not a checksum of all bytes: one that
   * is taken over itself too has lost half of what it says.
   */
  public int checksum() {
    return checksum;
  }

  /** The payload, read-only, from its begin. */
  ByteBuffer payload() {
    return payload;
  }
}
