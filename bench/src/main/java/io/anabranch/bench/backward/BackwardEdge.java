package io.anabranch.bench.backward;

import io.anabranch.bench.BrokerProcess;
import io.anabranch.bench.backward.Publications.Lateness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two ways back to the trainers beside each other, for what a loop at full speed publishes: how
 * late weights arrive, and how much CPU time a publication costs in this process and in the
 * broker's. Making and taking up weights costs the same both ways and is not in it.
 */
public final class BackwardEdge {
  // As in `bench/run loop`: 64 shards, 20 ms, 140 bytes for each of 500,000 examples per second.
  private static final Publications WARM_UP = new Publications(250, 20, 64, 11_000);
  private static final Publications MEASURED = new Publications(1_000, 20, 64, 11_000);

  private BackwardEdge() {}

  /** Something that may fail. */
  private interface Way {
    Lateness run(Publications publications) throws Exception;
  }

  /** Runs; without arguments. */
  public static void main(String[] arguments) throws Exception {
    OverEdge.run(WARM_UP);
    measure("edge of the job", OverEdge::run, null);
    Path directory = Files.createTempDirectory("anabranch-bench");
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
      OverTopic.run(WARM_UP, broker.bootstrap());
      measure("topic", it -> OverTopic.run(it, broker.bootstrap()), broker.handle());
    } finally {
      delete(directory);
    }
  }

  private static void measure(String name, Way way, @Nullable ProcessHandle broker)
      throws Exception {
    long cpu = cpuNanos(ProcessHandle.current());
    long brokers = broker == null ? 0 : cpuNanos(broker);
    Lateness lateness = way.run(MEASURED);
    double publications = 1e6 * MEASURED.count();
    System.out.printf(
        Locale.ROOT,
        "%-15s: weights arrive after p50 %5.1f ms, p99 %5.1f ms; "
            + "CPU per publication %5.2f ms here, %5.2f ms in the broker%n",
        name,
        lateness.millis(0.5),
        lateness.millis(0.99),
        (cpuNanos(ProcessHandle.current()) - cpu) / publications,
        broker == null ? 0 : (cpuNanos(broker) - brokers) / publications);
  }

  private static long cpuNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
