package io.anabranch.k8s;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBNativeMetricOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.configuration.KubernetesHighAvailabilityOptions;

/**
 * Every key of the Flink configuration is an option of Flink, and its value can be read. Flink
 * itself ignores a misspelt key.
 */
final class FlinkOptionsRule implements Rule {
  private static final List<Class<?>> HOLDERS =
      List.of(
          AutoScalerOptions.class,
          CheckpointingOptions.class,
          CoreOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          KubernetesConfigOptions.class,
          KubernetesHighAvailabilityOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          RocksDBConfigurableOptions.class,
          RocksDBNativeMetricOptions.class,
          RocksDBOptions.class,
          SecurityOptions.class,
          StateBackendOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  /** Options of a reporter have its name within. */
  private static final Pattern REPORTER =
      Pattern.compile(
          "metrics\\.reporter\\.\\w+\\.(factory\\.class|port|filterLabelValueCharacters)");

  /** The operator sets these from the fields beside the configuration, and overrides them. */
  private static final Set<String> FIELDS =
      Set.of(
          "parallelism.default",
          "taskmanager.memory.process.size",
          "jobmanager.memory.process.size",
          "kubernetes.container.image.ref",
          "kubernetes.service-account");

  private final Map<String, ConfigOption<?>> options = new HashMap<>();
  private final List<String> jvmArguments;

  FlinkOptionsRule(List<String> jvmArguments) {
    this.jvmArguments = List.copyOf(jvmArguments);
    HOLDERS.forEach(this::collect);
  }

  private void collect(Class<?> holder) {
    for (Field field : holder.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        try {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          options.put(option.key(), option);
          for (FallbackKey key : option.fallbackKeys()) {
            options.putIfAbsent(key.getKey(), option);
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(field + " is public and cannot be read", e);
        }
      }
    }
  }

  @Override
  public void check(Overlay overlay, Findings findings) {
    overlay.flinkJobs().forEach(job -> check(job, findings));
  }

  private void check(FlinkJob job, Findings findings) {
    job.options().forEach((key, value) -> check(job, key, value, findings));
    String given = job.configuration().get(CoreOptions.FLINK_DEFAULT_JVM_OPTIONS);
    for (String argument : jvmArguments) {
      if (!List.of(given.split("\\s+")).contains(argument)) {
        findings.add(
            this,
            job.manifest(),
            CoreOptions.FLINK_DEFAULT_JVM_OPTIONS.key()
                + " must have "
                + argument
                + ", without which Flink fails on Java 17");
      }
    }
  }

  private void check(FlinkJob job, String key, String value, Findings findings) {
    if (FIELDS.contains(key)) {
      findings.add(this, job.manifest(), key + " must be said by its field in spec");
      return;
    }
    ConfigOption<?> option = options.get(key);
    if (option == null) {
      if (!REPORTER.matcher(key).matches()) {
        findings.add(this, job.manifest(), key + " is no option of Flink");
      }
      return;
    }
    try {
      var unused = Configuration.fromMap(Map.of(key, value)).get(option);
    } catch (IllegalArgumentException e) {
      findings.add(this, job.manifest(), key + " cannot be '" + value + "'");
    }
  }
}
