package io.anabranch.bench;

import java.util.Collection;
import java.util.Optional;

/**
 * What a run took.
 *
 * @param records how many records it put through
 * @param nanos in how much time
 * @param cpuNanos in how much CPU time of its process
 */
public record Measurement(long records, long nanos, long cpuNanos) {
  private static final String MARK = "measured ";

  /** The CPU time of this process up to now. */
  public static long processCpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** The median of what rounds came to; of an even number the upper one. */
  public static double median(Collection<Double> rounds) {
    return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
  }

  /** Records per second. */
  public double perSecond() {
    return records * 1e9 / nanos;
  }

  /** CPU time of the process per record. */
  public double cpuMicros() {
    return cpuNanos / 1e3 / records;
  }

  /** As a line that {@link #parse} reads. */
  public String line() {
    return MARK + records + ' ' + nanos + ' ' + cpuNanos;
  }

  /** Reads a line; empty when it is another one. */
  public static Optional<Measurement> parse(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    String[] numbers = line.substring(MARK.length()).split(" ", -1);
    return Optional.of(
        new Measurement(
            Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
  }
}
