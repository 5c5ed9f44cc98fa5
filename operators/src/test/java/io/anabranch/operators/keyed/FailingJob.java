package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.operators.record.RecordTypes;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What jobs that fail in the middle of a stream of numbers have in common. */
public final class FailingJob {
  private FailingJob() {}

  /** The example of a number. */
  public interface Examples extends Serializable {
    /** Makes it. */
    Example of(long number);
  }

  /** Checkpoints every 50 ms, and restarts at once after the first few failures. */
  public static Configuration configuration(Path checkpoints, String backend, boolean unaligned) {
    return new Configuration()
        .set(StateBackendOptions.STATE_BACKEND, backend)
        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString())
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50))
        .set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 4)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO)
        .set(PipelineOptions.GENERIC_TYPES, false)
        .set(PipelineOptions.OBJECT_REUSE, true);
  }

  /**
   * The examples of the numbers from 0 on; each source has a part of them.
   *
   * @param recordsPerCheckpoint so that every run has many checkpoints, however fast the machine
   */
  public static SingleOutputStreamOperator<Example> examples(
      StreamExecutionEnvironment env,
      int sources,
      long records,
      int recordsPerCheckpoint,
      Failures failures,
      Examples examples) {
    return env.fromSource(
            new DataGeneratorSource<>(
                number -> number,
                records,
                RateLimiterStrategy.perCheckpoint(recordsPerCheckpoint),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .setParallelism(sources)
        .map(
            number -> {
              failures.at(number);
              return examples.of(number);
            })
        .returns(RecordTypes.EXAMPLE)
        .uid("examples")
        .setParallelism(sources);
  }
}
