package io.anabranch.job;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.Topology;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * The Flink configuration of a pipeline's job. What the pipeline file says under {@code flink:}
 * wins; then what the cluster or the command line has configured; then the defaults that stand
 * here.
 */
public final class FlinkSettings {
  private final ReadableConfig given;
  private final Configuration result = new Configuration();

  private FlinkSettings(ReadableConfig given) {
    this.given = given;
  }

  /**
   * What has to be set on top of the given configuration.
   *
   * @param given what the cluster and the command line have configured
   */
  public static Configuration of(Pipeline pipeline, ReadableConfig given) {
    FlinkSettings settings = new FlinkSettings(given);
    settings.defaults();
    if (!pipeline.flink().containsKey(RocksDBOptions.PREDEFINED_OPTIONS.key())) {
      settings.result.addAll(rocksDb(given));
    }
    settings.checkpoints(pipeline.checkpoint());
    settings.result.set(PipelineOptions.NAME, pipeline.name());
    pipeline.flink().forEach(settings.result::setString);
    settings.result.addAll(requirements());
    return settings.result;
  }

  private void defaults() {
    unlessGiven(StateBackendOptions.STATE_BACKEND, "rocksdb");
    unlessGiven(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    unlessGiven(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    unlessGiven(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // Quick after a single failure; about ten minutes of nothing but failures end the job.
    if (given.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
      result.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
      result.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
          Duration.ofSeconds(1));
      result.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
          Duration.ofSeconds(30));
      result.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 1.5);
      result.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
          Duration.ofMinutes(2));
      result.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 25);
    }
  }

  private void checkpoints(Pipeline.Checkpoint checkpoint) {
    result.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(checkpoint.intervalMillis()));
    if (CheckpointPlace.isUri(checkpoint.dir())) {
      result.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoint.dir());
      unlessGiven(CheckpointingOptions.SAVEPOINT_DIRECTORY, checkpoint.dir());
    }
  }

  /**
   * RocksDB for state that is read by key and much larger than its cache, unless whoever configures
   * it has taken a whole set of Flink's own options.
   *
   * @param given what is configured already, and left alone
   */
  public static Configuration rocksDb(ReadableConfig given) {
    FlinkSettings settings = new FlinkSettings(given);
    if (given.getOptional(RocksDBOptions.PREDEFINED_OPTIONS).isEmpty()) {
      // Most keys are in none of most files.
      settings.unlessGiven(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
      // What is in memory at a barrier that nobody expected, as a savepoint's, is written out while
      // records wait.
      settings.unlessGiven(
          RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, MemorySize.ofMebiBytes(32));
      settings.unlessGiven(RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, 4);
      // A file has one filter; of many small values in one of 64 MB it would not fit a cache's
      // part.
      settings.unlessGiven(
          RocksDBConfigurableOptions.TARGET_FILE_SIZE_BASE, MemorySize.ofMebiBytes(32));
      settings.unlessGiven(RocksDBOptions.OPTIONS_FACTORY, RocksDbForModels.class.getName());
      // Of all subtasks in a process together; one in four writes out what is in memory, and at a
      // barrier all subtasks wait for that.
      settings.unlessGiven(RocksDBConfigurableOptions.MAX_BACKGROUND_THREADS, 8);
      // Several times faster than Snappy as it is built for Java, at the same size.
      ConfigOption<?> compression = RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL;
      if (given.getOptional(compression).isEmpty()) {
        settings.result.setString(compression.key(), "LZ4_COMPRESSION");
      }
    }
    return settings.result;
  }

  /** What the job relies on, whatever else is configured. */
  public static Configuration requirements() {
    return new Configuration()
        .set(PipelineOptions.MAX_PARALLELISM, Topology.MAX_PARALLELISM)
        .set(PipelineOptions.OBJECT_REUSE, true)
        .set(PipelineOptions.AUTO_GENERATE_UIDS, false)
        .set(PipelineOptions.GENERIC_TYPES, false);
  }

  private <T> void unlessGiven(ConfigOption<T> option, T value) {
    if (given.getOptional(option).isEmpty()) {
      result.set(option, value);
    }
  }
}
