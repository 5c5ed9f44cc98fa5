package io.anabranch.modellog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a models topic. The topic has to be compacted; its records go to the partition of
 * their key, so that the newest of a key is the last.
 *
 * @param topic the models topic
 * @param pipeline the pipeline's name
 */
public record ModelLogWriter(String topic, String pipeline) implements Serializable {
  /** The header that says which version a record is of: decimal digits. */
  public static final String VERSION_HEADER = "anabranch.version";

  /**
   * A live block.
   *
   * @param block {@code SHARD-BLOCK} of a shared model, {@code key:KEY} of a per-key one, {@code
   *     member:NUMBER} of an ensemble
   * @param version the model version from which on it has this content
   * @param payload in the format of {@code io.anabranch.models.format}
   */
  public ProducerRecord<byte[], byte[]> block(
      String learner, String block, long version, byte[] payload) {
    return record(new ModelKey.Block(pipeline, learner, block, ModelKey.LIVE), version, payload);
  }

  /**
   * A block that is no more: a tombstone, by which compaction forgets it.
   *
   * @param version the last version that the block had
   */
  public ProducerRecord<byte[], byte[]> forgotten(String learner, String block, long version) {
    return record(new ModelKey.Block(pipeline, learner, block, ModelKey.LIVE), version, null);
  }

  /** The newest manifest of a learner of this pipeline. */
  public ProducerRecord<byte[], byte[]> manifest(Manifest manifest) {
    if (!manifest.pipeline().equals(pipeline)) {
      throw new IllegalArgumentException(
          "a manifest must be of pipeline '%s', got '%s'".formatted(pipeline, manifest.pipeline()));
    }
    return record(
        new ModelKey.Manifest(pipeline, manifest.learner(), ModelKey.LIVE),
        manifest.version(),
        manifest.encode());
  }

  private ProducerRecord<byte[], byte[]> record(
      ModelKey key, long version, byte @Nullable [] value) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.encode(), value);
    record.headers().add(VERSION_HEADER, Long.toString(version).getBytes(UTF_8));
    return record;
  }
}
