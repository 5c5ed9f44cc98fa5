package io.anabranch.local.run;

import io.anabranch.job.FlinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import java.util.OptionalInt;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** How Flink runs in this process; the pipeline's own {@code flink:} options go over it. */
final class LocalSettings {
  /** Where the web UI looks for a port: the usual one, then its neighbours. */
  private static final String WEB_PORTS = "8081-8180";

  private LocalSettings() {}

  static Configuration of(
      Pipeline pipeline, RunHome home, int parallelism, OptionalInt metricsPort) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.setString(
        "metrics.reporter.positions.factory.class", SourcePositionsFactory.class.getName());
    settings.setString(
        "metrics.reporter.learners.factory.class", LearnerGaugesFactory.class.getName());
    metricsPort.ifPresent(port -> prometheus(settings, port));
    settings.set(CoreOptions.TMP_DIRS, home.scratch().toString());
    settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    memory(settings, parallelism);
    settings.addAll(FlinkSettings.of(pipeline, settings));
    if (!pipeline.flink().containsKey(RestOptions.BIND_PORT.key())) {
      // Flink would take the range over the one port that the pipeline asks for.
      String wanted = pipeline.flink().get(RestOptions.PORT.key());
      settings.set(RestOptions.BIND_PORT, wanted == null ? WEB_PORTS : wanted);
    }
    // Where a run finds its snapshots again is not Flink's to say.
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, home.snapshots().toString());
    settings.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, home.snapshots().toString());
    settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    return settings;
  }

  private static void prometheus(Configuration settings, int port) {
    settings.setString(
        "metrics.reporter.prometheus.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.setString("metrics.reporter.prometheus.port", String.valueOf(port));
    // Ids as they are: the reporter would make a-b and a_b one label.
    settings.setString("metrics.reporter.prometheus.filterLabelValueCharacters", "false");
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
}
