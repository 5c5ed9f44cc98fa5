package io.anabranch.bench.keys;

import io.anabranch.bench.JobMetrics;
import io.anabranch.operators.metrics.LearningMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a process has done up to now: models missed and written, and the CPU time of its threads,
 * where the operating system says it (Linux).
 *
 * @param misses models that were not on the heap
 * @param writes models written to state
 * @param bytes what these were
 * @param learningNanos of the subtasks that have the models
 * @param compactionNanos of RocksDB's threads for compaction
 * @param flushNanos of those that write out what is in its memory
 * @param otherNanos of all else
 */
record KeyCosts(
    long misses,
    long writes,
    long bytes,
    long learningNanos,
    long compactionNanos,
    long flushNanos,
    long otherNanos) {
  private static final Path THREADS = Path.of("/proc/self/task");

  static KeyCosts now() throws IOException {
    long learning = 0;
    long compaction = 0;
    long flush = 0;
    long other = 0;
    for (Path thread : threads()) {
      try {
        String name = Files.readString(thread.resolve("comm"));
        String schedule = Files.readString(thread.resolve("schedstat"));
        long nanos = Long.parseLong(schedule.substring(0, schedule.indexOf(' ')));
        if (name.startsWith("lr models")) {
          learning += nanos;
        } else if (name.startsWith("rocksdb:low")) {
          compaction += nanos;
        } else if (name.startsWith("rocksdb:high")) {
          flush += nanos;
        } else {
          other += nanos;
        }
      } catch (IOException e) {
        other += 0; // it ended since
      }
    }
    return new KeyCosts(
        JobMetrics.count(LearningMetric.CACHE_MISSES),
        JobMetrics.count(LearningMetric.MODEL_WRITES),
        JobMetrics.count(LearningMetric.MODEL_WRITTEN_BYTES),
        learning,
        compaction,
        flush,
        other);
  }

  private static List<Path> threads() throws IOException {
    if (!Files.isDirectory(THREADS)) {
      return List.of();
    }
    try (var all = Files.list(THREADS)) {
      return all.toList();
    }
  }

  /** What each record has cost since then, in a line of text. */
  String perRecord(KeyCosts before, long records) {
    return String.format(
        Locale.ROOT,
        "per record: %.3f misses, %.3f models and %.0f bytes written; CPU time %.2f us of the"
            + " learning subtasks, %.2f of RocksDB's compaction, %.2f of its flushes, %.2f of others",
        (misses - before.misses) / (double) records,
        (writes - before.writes) / (double) records,
        (bytes - before.bytes) / (double) records,
        (learningNanos - before.learningNanos) / 1e3 / records,
        (compactionNanos - before.compactionNanos) / 1e3 / records,
        (flushNanos - before.flushNanos) / 1e3 / records,
        (otherNanos - before.otherNanos) / 1e3 / records);
  }
}
