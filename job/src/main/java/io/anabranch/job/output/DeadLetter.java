package io.anabranch.job.output;

import io.anabranch.operators.record.ElementType;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A record that could not be used, as it arrived.
 *
 * @param error what is wrong with it, in one sentence
 * @param stage where that was found: {@code decode}
 * @param topic the input topic
 * @param partition its partition
 * @param offset its offset
 * @param key the original key; empty when there was none
 * @param value the original value; empty when there was none (a tombstone)
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
public record DeadLetter(
    String error,
    String stage,
    String topic,
    int partition,
    long offset,
    Optional<byte[]> key,
    Optional<byte[]> value) {

  /** The type information of dead letters. */
  public static final TypeInformation<DeadLetter> TYPE =
      new ElementType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
}
