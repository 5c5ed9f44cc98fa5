package io.anabranch.bench.keys;

import io.anabranch.bench.JavaProcess;
import io.anabranch.bench.Measurement;
import io.anabranch.bench.keys.KeyPlan.Draw;
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

/**
 * A model of about 1 KiB for each of a million keys, in RocksDB behind the bounded heap cache and
 * in heap state, keys by Zipf(1.1) and all alike: records per second and their ratio, what the heap
 * holds, what checkpoints cost, how long a restore takes. Each run has a process of its own.
 */
public final class Keys {
  private Keys() {}

  /**
   * Runs; the arguments are the number of keys (default 1,000,000), of the records that are
   * measured (default 10,000,000, which take more than one interval of checkpoints; with keys that
   * are all alike a tenth), how much of the heap models may take in each subtask, in MiB (default
   * 0: what they have by default), a way of drawing keys, if it is to be one only: zipf or uniform,
   * and a directory for RocksDB's files, if it is not to be the machine's temporary one.
   */
  public static void main(String[] arguments) throws Exception {
    int keys = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    long records = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
    long heapBytes =
        arguments.length > 2 ? Long.parseLong(arguments[2]) << 20 : PerKeySpec.HEAP_SHARE;
    List<Draw> draws =
        arguments.length > 3
            ? List.of(Draw.valueOf(arguments[3].toUpperCase(Locale.ROOT)))
            : List.of(Draw.values());
    String local = arguments.length > 4 ? Path.of(arguments[4]).toAbsolutePath().toString() : "";
    for (Draw draw : draws) {
      // Where all keys are alike, nearly each record is a read and a write of RocksDB.
      long drawn = draw == Draw.UNIFORM ? records / 10 : records;
      Measurement heap =
          run(new KeyPlan("hashmap", draw, keys, drawn, heapBytes, false, local, ""));
      Measurement rocks =
          run(new KeyPlan("rocksdb", draw, keys, drawn, heapBytes, draw == Draw.ZIPF, local, ""));
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
  }

  private static Measurement run(KeyPlan plan) throws IOException, InterruptedException {
    System.out.println(plan.draw() + ", state backend " + plan.backend());
    Path directory = Files.createTempDirectory("anabranch-keys");
    try {
      KeyPlan placed =
          new KeyPlan(
              plan.backend(),
              plan.draw(),
              plan.keys(),
              plan.records(),
              plan.heapBytes(),
              plan.soak(),
              plan.local(),
              directory.toString());
      Process process =
          JavaProcess.start(KeysProcess.class, List.of("-Xms5g", "-Xmx5g"), placed.arguments());
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
