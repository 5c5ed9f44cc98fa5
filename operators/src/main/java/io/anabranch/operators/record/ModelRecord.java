package io.anabranch.operators.record;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** A line for the models topic. */
public sealed interface ModelRecord {
  /** The learner's id. */
  String learner();

  /** The model version: never repeats in a pipeline. */
  long version();

  /**
   * A block of live weights of a shared model, the whole live model of one key, or a live member.
   *
   * @param block the block's name: {@code SHARD-BLOCK} for shared models, {@code key:KEY} for
   *     per-key ones, {@code member:NUMBER} for ensembles
   * @param version the model version from which on the block has this content
   * @param payload the bytes, in the versioned format of {@code io.anabranch.models.format}; none
   *     when the model was forgotten
   */
  @TypeInfo(RecordTypes.Factory.class)
  @SuppressWarnings("ArrayRecordComponent") // a payload on its way out; never compared
  record Block(String learner, String block, long version, byte[] payload) implements ModelRecord {
    /**
     * What the models topic takes as one record, at least: a tree that has come to the end of its
     * memory is larger than Kafka's default.
     */
    public static final int MOST_BYTES = 4 << 20;

    /** Says that a block is no more. */
    public static Block forgotten(String learner, String block, long version) {
      return new Block(learner, block, version, new byte[0]);
    }

    /** Whether the block is no more. */
    public boolean isForgotten() {
      return payload.length == 0;
    }
  }

  /**
   * A version, written when its checkpoint completed.
   *
   * @param checkpoint the checkpoint that holds it
   * @param examples examples learned by this version
   * @param offsets the input offsets covered: next offset by "topic-partition"
   * @param blocks the CRC-32C of each block that changed since the version before, by name
   */
  @TypeInfo(RecordTypes.Factory.class)
  record Manifest(
      String learner,
      long version,
      long checkpoint,
      long examples,
      Map<String, Long> offsets,
      Map<String, Integer> blocks)
      implements ModelRecord {}
}
