package io.anabranch.job.topology;

import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordException;
import io.anabranch.models.data.Example;
import io.anabranch.operators.record.ElementType;
import java.nio.charset.StandardCharsets;
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

  /**
   * The header of an input record by which its producer says what is wrong with it, in UTF-8: such
   * a record is not decoded.
   */
  public static final String DEFECT = "anabranch.defect";

  private String topic = "";
  private int partition;
  private long offset;
  private long timestamp;
  private byte @Nullable [] key;
  private byte @Nullable [] value;
  private byte @Nullable [] defect;

  /**
   * Takes a record, with key and value as Kafka has them, and without a {@link #DEFECT}.
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
    this.defect = null;
  }

  /** Takes what the producer of the record says is wrong with it; null when nothing is. */
  public void defect(byte @Nullable [] text) {
    this.defect = text;
  }

  /** Makes this record equal to another. */
  public void copyFrom(RawRecord other) {
    set(other.topic, other.partition, other.offset, other.timestamp, other.key, other.value);
    defect(other.defect);
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

  /** What is wrong with it as its producer says, in UTF-8. */
  Optional<byte[]> defect() {
    return Optional.ofNullable(defect);
  }

  /**
   * Decodes it.
   *
   * @throws RecordException with the reason of the dead letter that it is
   */
  public void decode(RecordDecoder decoder, Example into) throws RecordException {
    if (defect != null) {
      throw RecordException.unreadable(new String(defect, StandardCharsets.UTF_8));
    }
    decoder.decode(value, topic, partition, offset, timestamp, into);
  }
}
