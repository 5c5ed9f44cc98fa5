package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** How Flink runs in this process; the pipeline's own {@code flink:} options go over it. */
final class FlinkSettings {
  /** Where the web UI looks for a port: the usual one, then its neighbours. */
  private static final String WEB_PORTS = "8081-8180";

  private FlinkSettings() {}

  static Configuration of(Pipeline pipeline, RunHome home, int parallelism) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(RestOptions.BIND_PORT, WEB_PORTS);
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(CoreOptions.TMP_DIRS, home.scratch().toString());
    settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    memory(settings, parallelism);
    checkpoints(settings, pipeline, home);
    restarts(settings);
    pipeline.flink().forEach(settings::setString);
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    return settings;
  }

  private static void memory(Configuration settings, int parallelism) {
    // Flink's own defaults for local runs, 64 and 128 MB, are enough for two slots.
    int slotsAboveTwo = Math.max(0, parallelism - 2);
    MemorySize network = MemorySize.ofMebiBytes(64 + 24L * slotsAboveTwo);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    settings.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128 + 48L * slotsAboveTwo));
  }

  private static void checkpoints(Configuration settings, Pipeline pipeline, RunHome home) {
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(pipeline.checkpoint().intervalMillis()));
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, home.snapshots().toString());
    settings.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, home.snapshots().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  private static void restarts(Configuration settings) {
    // A broker that is away for some minutes is waited for; a job that can't work ends all the
    // same, so that whoever started it is told.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(15));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(5));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 10);
  }
}
