package io.anabranch.cluster.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directories of a cluster, and its configuration files.
 *
 * @param root of all the others
 * @param lib the jars of a Flink distribution
 * @param supervisor the jar with the main class that all processes start with
 */
public record FlinkFiles(Path root, Path lib, Path supervisor) {
  private static final String LOGGING =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.console.ref = console
      appender.console.name = console
      appender.console.type = CONSOLE
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p [%t] %c{1} %m%n
      logger.kafka.name = org.apache.kafka
      logger.kafka.level = WARN
      logger.relocated.name = io.anabranch.shaded
      logger.relocated.level = WARN
      """;

  /** Writes the configuration. */
  public void write(int zooKeeperPort, Map<String, String> changes) throws IOException {
    for (Path directory : List.of(conf(), logs(), data())) {
      Files.createDirectories(directory);
    }
    Map<String, String> settings = new TreeMap<>(settings(zooKeeperPort));
    settings.putAll(changes);
    Files.write(
        conf().resolve("config.yaml"),
        settings.entrySet().stream()
            .map(each -> each.getKey() + ": \"" + each.getValue() + "\"")
            .toList());
    Files.writeString(conf().resolve("log4j2.properties"), LOGGING);
    Files.write(
        conf().resolve("zoo.cfg"),
        List.of(
            "tickTime=1000",
            "initLimit=10",
            "syncLimit=5",
            "clientPort=" + zooKeeperPort,
            "clientPortAddress=127.0.0.1",
            "dataDir=" + data().resolve("zookeeper"),
            "admin.enableServer=false"));
  }

  private Map<String, String> settings(int zooKeeperPort) {
    return Map.ofEntries(
        Map.entry("jobmanager.rpc.address", "127.0.0.1"),
        Map.entry("jobmanager.bind-host", "127.0.0.1"),
        Map.entry("rest.address", "127.0.0.1"),
        Map.entry("rest.bind-address", "127.0.0.1"),
        Map.entry("taskmanager.host", "127.0.0.1"),
        Map.entry("taskmanager.bind-host", "127.0.0.1"),
        Map.entry("taskmanager.numberOfTaskSlots", "2"),
        Map.entry("taskmanager.cpu.cores", "1.0"),
        Map.entry("taskmanager.memory.task.heap.size", "384m"),
        Map.entry("taskmanager.memory.task.off-heap.size", "0m"),
        Map.entry("taskmanager.memory.framework.heap.size", "128m"),
        Map.entry("taskmanager.memory.framework.off-heap.size", "128m"),
        Map.entry("taskmanager.memory.network.min", "64m"),
        Map.entry("taskmanager.memory.network.max", "64m"),
        Map.entry("taskmanager.memory.managed.size", "128m"),
        Map.entry("taskmanager.memory.jvm-metaspace.size", "256m"),
        Map.entry("taskmanager.memory.jvm-overhead.min", "128m"),
        Map.entry("taskmanager.memory.jvm-overhead.max", "128m"),
        Map.entry("taskmanager.load-balance.mode", "SLOTS"),
        Map.entry("heartbeat.interval", "1000"),
        Map.entry("heartbeat.timeout", "5000"),
        Map.entry("state.backend.type", "rocksdb"),
        Map.entry("execution.checkpointing.incremental", "true"),
        Map.entry("execution.checkpointing.dir", uri("checkpoints")),
        Map.entry("execution.checkpointing.savepoint-dir", uri("savepoints")),
        // A JobManager that lost its leadership while it was paused may still complete the
        // checkpoint
        // that was under way, and with it delete the one before: with the default of 1 that is the
        // one from which its successor restores.
        Map.entry("execution.checkpointing.num-retained", "3"),
        Map.entry("restart-strategy.type", "fixed-delay"),
        Map.entry("restart-strategy.fixed-delay.attempts", "1000000"),
        Map.entry("restart-strategy.fixed-delay.delay", "500ms"),
        Map.entry("high-availability.type", "zookeeper"),
        Map.entry("high-availability.zookeeper.quorum", "127.0.0.1:" + zooKeeperPort),
        Map.entry("high-availability.storageDir", uri("high-availability")),
        Map.entry("high-availability.zookeeper.client.session-timeout", "5000"),
        Map.entry("io.tmp.dirs", data().resolve("tmp").toString()),
        // What is asked for must be what is, not what was seconds ago.
        Map.entry("web.refresh-interval", "20"),
        Map.entry("metrics.fetcher.update-interval", "200"));
  }

  Path conf() {
    return root.resolve("conf");
  }

  /** Where the processes' output goes. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Where all that is big goes; of no use after the run. */
  public Path data() {
    return root.resolve("data");
  }

  /** The URI of a directory under {@link #data}. */
  public String uri(String directory) {
    return data().resolve(directory).toUri().toString();
  }

  String classPath() {
    return supervisor + ":" + lib + "/*";
  }

  /** What every JVM of the cluster needs. */
  List<String> jvmOptions(List<String> flags) {
    return Stream.concat(
            flags.stream(),
            Stream.of(
                // Nine JVMs on a few cores: small heaps, few threads, quick starts.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j.configurationFile=" + conf().resolve("log4j2.properties").toUri()))
        .collect(Collectors.toList());
  }
}
