package io.anabranch.job.kafka;

import java.time.Duration;
import java.util.Map;

/**
 * What sinks need to know that no pipeline file says.
 *
 * @param transactionTimeout after which the broker aborts a transaction that nobody ends; a
 *     read-committed reader waits as long for a killed run, and a restart that takes longer loses
 *     output, so it must exceed the longest restart and not exceed the broker's {@code
 *     transaction.max.timeout.ms}
 * @param maxRecordBytes the largest record of each output topic, in bytes
 */
public record SinkSettings(Duration transactionTimeout, Map<String, Integer> maxRecordBytes) {
  /** The broker's own upper limit when nothing else is configured there: 15 minutes. */
  public static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  /** What Kafka takes when nothing else is configured. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 1_048_588;

  /** Copies the map. */
  public SinkSettings {
    if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "transactionTimeout must be between 1 ms and 2^31-1 ms, got " + transactionTimeout);
    }
    maxRecordBytes = Map.copyOf(maxRecordBytes);
  }

  /** The largest record of a topic, in bytes. */
  public int maxRecordBytes(String topic) {
    return maxRecordBytes.getOrDefault(topic, DEFAULT_MAX_RECORD_BYTES);
  }
}
