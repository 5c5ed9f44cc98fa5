package io.anabranch.job.topology;

import io.anabranch.operators.record.ElementType;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A record as it arrived, with where it came from. A reused buffer: whoever wants to keep something
 * copies it; the bytes themselves are never changed.
 */
public final class RawRecord {
  /** The type information of raw records. */
  public static final TypeInformation<RawRecord> TYPE =
      new ElementType<>(RawRecord.class, RawRecordSerializer.INSTANCE);

  private String topic = "";
  private int partition;
  private long offset;
  private long timestamp;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  /**
   * Takes a record, with key and value as Kafka has them.
   *
   * @param timestamp the broker's or producer's, epoch ms
   * @param key the Kafka key; null when there is none
   * @param value the bytes to be decoded; null for a tombstone
   */
  public void set(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
  }

  /** Makes this record equal to another. */
  public void copyFrom(RawRecord other) {
    set(other.topic, other.partition, other.offset, other.timestamp, other.key, other.value);
  }

  /** The input topic. */
  public String topic() {
    return topic;
  }

  /** The partition. */
  public int partition() {
    return partition;
  }

  /** The offset. */
  public long offset() {
    return offset;
  }

  /** The Kafka timestamp, epoch ms. */
  public long timestamp() {
    return timestamp;
  }

  /** The Kafka key. */
  public Optional<byte[]> key() {
    return Optional.ofNullable(key);
  }

  /** The bytes to be decoded; empty for a tombstone. */
  public Optional<byte[]> value() {
    return Optional.ofNullable(value);
  }
}
