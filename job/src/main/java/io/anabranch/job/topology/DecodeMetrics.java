package io.anabranch.job.topology;

import io.anabranch.job.decode.RecordException.Stage;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What a decoding subtask tells the metric reporters. */
final class DecodeMetrics {
  /** The clock is read for one record in this many. */
  private static final int SAMPLE = 256;

  private final Counter records;
  private final Counter unlabelled;
  private final Histogram age;
  private final Map<Stage, Counter> deadLetters = new EnumMap<>(Stage.class);

  DecodeMetrics(MetricGroup operator) {
    Metered input = Metered.input(operator);
    records = input.counter(LearningMetric.RECORDS);
    unlabelled = input.counter(LearningMetric.UNLABELLED);
    age = input.seconds(LearningMetric.RECORD_AGE);
    for (Stage stage : Stage.values()) {
      deadLetters.put(stage, input.cause(stage.text()).counter(LearningMetric.DEAD_LETTERS));
    }
  }

  /**
   * Counts a decoded record.
   *
   * @param timestamp Kafka's, epoch ms
   */
  void decoded(long timestamp, boolean labelled) {
    records.inc();
    if (!labelled) {
      unlabelled.inc();
    }
    if (records.getCount() % SAMPLE == 1) {
      age.update(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - timestamp));
    }
  }

  /** Counts a record that went to the dead letters. */
  void deadLetter(Stage stage) {
    Objects.requireNonNull(deadLetters.get(stage)).inc();
  }
}
