package io.anabranch.operators.keyed;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is in state of a model: its bytes, and with them what is known of its key, which would each
 * take a read of another state whenever the model comes back to the heap. Big-endian,
 *
 * <pre>
 * "ANBK"   4 bytes
 * seen     8 bytes, see {@link KeyedModel#seen()}
 * base     8 bytes, see {@link KeyLife#base()}
 * model    the rest
 * </pre>
 *
 * The model stands alone where there is nothing to say of its key, and in state of earlier builds.
 */
final class StoredModel {
  static final long UNKNOWN = -1;
  private static final int MAGIC = 0x414e424b;
  private static final int HEAD_BYTES = Integer.BYTES + 2 * Long.BYTES;

  private final byte[] model;
  private final long seen;
  private final long base;

  /**
   * Of these parts.
   *
   * @param model as the learner writes it; not copied
   * @param seen when the key was seen; {@link KeyedModel#NOT_SEEN} when that is not known here
   * @param base the version before the first update; {@link #UNKNOWN} when it is not known here
   */
  StoredModel(byte[] model, long seen, long base) {
    this.model = model;
    this.seen = seen;
    this.base = base;
  }

  byte[] model() {
    return model;
  }

  long seen() {
    return seen;
  }

  long base() {
    return base;
  }

  byte[] encode() {
    if (seen == KeyedModel.NOT_SEEN) {
      return model;
    }
    return ByteBuffer.allocate(HEAD_BYTES + model.length)
        .putInt(MAGIC)
        .putLong(seen)
        .putLong(base)
        .put(model)
        .array();
  }

  static StoredModel decode(byte[] state) {
    ByteBuffer head = ByteBuffer.wrap(state);
    if (state.length < HEAD_BYTES || head.getInt() != MAGIC) {
      return new StoredModel(state, KeyedModel.NOT_SEEN, UNKNOWN);
    }
    return new StoredModel(
        Arrays.copyOfRange(state, HEAD_BYTES, state.length), head.getLong(), head.getLong());
  }
}
