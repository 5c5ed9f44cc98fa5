package io.anabranch.bench.keys;

import io.anabranch.bench.JavaProcess;
import io.anabranch.bench.Measurement;
import io.anabranch.bench.keys.KeyPlan.Draw;
import io.anabranch.operators.keyed.KeyLimits;
import io.anabranch.operators.keyed.PerKeySpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A model of about 1 KiB for each of a million keys, in RocksDB behind the bounded heap cache and
 * in heap state, keys by Zipf(1.1) and all alike: records per second and their ratio, what the heap
 * holds, what checkpoints cost, how long a restore takes. Each run has a process of its own.
 */
@Command(
    name = "bench/run keys",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "A model for each of many keys: RocksDB against heap state.")
public final class Keys implements Callable<Integer> {
  @Option(names = "--keys")
  private int keys = 1_000_000;

  @Option(
      names = "--records",
      description =
          "That are measured: more than one interval of checkpoints takes; a tenth of them with"
              + " uniform keys, where nearly each record is a read and a write of RocksDB.")
  private long records = 10_000_000;

  @Option(
      names = "--heap",
      description = "MiB that models may take in each subtask; 0: what they have by default.")
  private long heap;

  @Option(names = "--draw", split = ",", description = "zipf or uniform.")
  private List<Draw> draws = List.of(Draw.values());

  @Option(names = "--local", description = "A directory for RocksDB's files.")
  private Optional<Path> local = Optional.empty();

  @Option(names = "--expire", description = "For how many seconds a key keeps its model.")
  private Optional<Long> expire = Optional.empty();

  @Option(names = "--entries", description = "How many keys have a model at most.")
  private long entries = KeyLimits.ANY;

  private Keys() {}

  /** Runs; see {@code --help}. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Keys());
    System.exit(line.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (Draw draw : draws) {
      Measurement heap = run(plan("hashmap", draw, false));
      Measurement rocks = run(plan("rocksdb", draw, draw == Draw.ZIPF));
      System.out.printf(
          Locale.ROOT,
          "%s: rocksdb %,.0f records/s %.1f us CPU/record, heap %,.0f records/s %.1f us CPU/record;"
              + " ratio of records/s %.2f, of CPU time %.2f%n",
          draw,
          rocks.perSecond(),
          rocks.cpuMicros(),
          heap.perSecond(),
          heap.cpuMicros(),
          rocks.perSecond() / heap.perSecond(),
          heap.cpuMicros() / rocks.cpuMicros());
    }
    return 0;
  }

  private KeyPlan plan(String backend, Draw draw, boolean soak) {
    return new KeyPlan(
        backend,
        draw,
        keys,
        draw == Draw.UNIFORM ? records / 10 : records,
        heap == 0 ? PerKeySpec.HEAP_SHARE : heap << 20,
        new KeyLimits(expire.map(TimeUnit.SECONDS::toMillis).orElse(KeyLimits.NEVER), entries),
        soak,
        local.map(Path::toAbsolutePath).map(Path::toString).orElse(""),
        "");
  }

  private static Measurement run(KeyPlan plan) throws IOException, InterruptedException {
    System.out.println(plan.draw() + ", state backend " + plan.backend());
    Path directory = Files.createTempDirectory("anabranch-keys");
    try {
      Process process =
          JavaProcess.start(
              KeysProcess.class, List.of("-Xms5g", "-Xmx5g"), plan.in(directory).arguments());
      return measured(process);
    } finally {
      try (var paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** What a process measured; what else it says goes on to the terminal. */
  private static Measurement measured(Process process) throws IOException, InterruptedException {
    Optional<Measurement> measured = Optional.empty();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Optional<Measurement> said = Measurement.parse(line);
        if (said.isPresent()) {
          measured = said;
        } else {
          System.out.println(line);
        }
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException("the process ended with " + status);
    }
    return measured.orElseThrow();
  }
}
