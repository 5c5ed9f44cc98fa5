package io.anabranch.modellog;

/**
 * What a record of a models topic is about; its Kafka key, so that compaction keeps the newest of
 * each. Written as JSON, always the same way:
 *
 * <pre>
 * {"pipeline":"p","learner":"l","block":"3-17"}                  a live block
 * {"pipeline":"p","learner":"l","manifest":true}                 the newest manifest
 * {"pipeline":"p","learner":"l","block":"3-17","version":7}      a block of a pinned version
 * {"pipeline":"p","learner":"l","manifest":true,"version":7}     the manifest of a pinned version
 * </pre>
 *
 * A pinned version is removed by tombstones for its keys.
 */
public sealed interface ModelKey {
  /** The {@link #pin()} of what is live. */
  long LIVE = 0;

  /** The pipeline's name. */
  String pipeline();

  /** The learner's id. */
  String learner();

  /** The pinned version, or {@link #LIVE}. */
  long pin();

  /**
   * A block of a shared model, or the model of one key.
   *
   * @param block {@code SHARD-BLOCK} of a shared model, {@code key:KEY} of a per-key one, {@code
   *     member:NUMBER} of an ensemble
   * @param pin at least 0
   */
  record Block(String pipeline, String learner, String block, long pin) implements ModelKey {
    /** Checks that it names something. */
    public Block {
      requireNamed(pipeline, learner, pin);
      requireText("block", block);
    }
  }

  /**
   * A manifest.
   *
   * @param pin at least 0
   */
  record Manifest(String pipeline, String learner, long pin) implements ModelKey {
    /** Checks that it names something. */
    public Manifest {
      requireNamed(pipeline, learner, pin);
    }
  }

  private static void requireNamed(String pipeline, String learner, long pin) {
    requireText("pipeline", pipeline);
    requireText("learner", learner);
    if (pin < 0) {
      throw new IllegalArgumentException("version must be >= 0, got " + pin);
    }
  }

  private static void requireText(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }

  /** The key as bytes. */
  default byte[] encode() {
    return ModelKeyFormat.encode(this);
  }

  /**
   * The key that {@link #encode} wrote. Fields that are not known are skipped.
   *
   * @throws ModelLogException with the reason, when the bytes are no such key
   */
  static ModelKey decode(byte[] bytes) {
    return ModelKeyFormat.decode(bytes);
  }
}
