package io.anabranch.bench.keys;

import io.anabranch.models.data.Example;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Row number → example. First each key once, with all of its coordinates, so that its model has its
 * size; then keys by chance, with some of them. Rows are dealt to the subtasks in ranges.
 */
final class KeyRows extends RichMapFunction<Long, Example> {
  static final int COORDINATES = 80;
  private static final long serialVersionUID = 1L;
  private static final int DRAWN = 8;
  private static final double EXPONENT = 1.1;
  private static final long CATCHING_UP_NANOS = 50_000_000;
  private static final long SHORTEST_SLEEP_NANOS = 1_000_000;

  /** How many nanoseconds a subtask of this process has for a row at least. */
  private static volatile long pace;

  private final KeyPlan plan;
  private final long range;
  private final int parallelism;
  private final boolean labelled;

  private transient Example example;
  private transient double span;
  private transient long due;

  /**
   * Rows.
   *
   * @param range how many rows a subtask has
   * @param labelled whether there is something to learn
   */
  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  KeyRows(KeyPlan plan, long range, int parallelism, boolean labelled) {
    this.plan = plan;
    this.range = range;
    this.parallelism = parallelism;
    this.labelled = labelled;
  }

  /**
   * From now on there are no more rows than so many.
   *
   * @param rate rows per second of all subtasks together; infinite for as many as are taken
   */
  static void limit(double rate, int parallelism) {
    pace = (long) (1e9 * parallelism / rate);
  }

  @Override
  public void open(OpenContext context) {
    example = new Example();
    span = Math.pow(plan.keys(), 1 - EXPONENT) - 1;
  }

  @Override
  public Example map(Long row) {
    keepPace();
    SplittableRandom random = new SplittableRandom(row * 0x9E3779B97F4A7C15L);
    long turn = row % range;
    boolean first = turn < plan.keys() / parallelism;
    long key = first ? turn * parallelism + row / range : drawn(random);
    example.clear();
    example.identify("r", "user-" + key, 0);
    for (int i = 0; i < (first ? COORDINATES : DRAWN); i++) {
      example.features().addSparse(first ? i : random.nextInt(COORDINATES), 1);
    }
    if (labelled) {
      boolean positive = random.nextInt(3) == 0;
      example.label(positive ? "1" : "0", positive ? 1 : 0);
    }
    return example;
  }

  private void keepPace() {
    long nanos = pace;
    if (nanos > 0) {
      long now = System.nanoTime();
      due = Math.max(due + nanos, now - CATCHING_UP_NANOS);
      if (due - now > SHORTEST_SLEEP_NANOS) {
        LockSupport.parkNanos(due - now);
      }
    }
  }

  private long drawn(SplittableRandom random) {
    if (plan.draw() == KeyPlan.Draw.UNIFORM) {
      return random.nextInt(plan.keys());
    }
    // The inverse of the continuous Zipf distribution function. A rank is no key: neighbours by
    // rank would be neighbours in RocksDB.
    long rank = (long) Math.pow(span * random.nextDouble() + 1, 1 / (1 - EXPONENT)) - 1;
    long inside = Math.max(0, Math.min(plan.keys() - 1, rank));
    return inside * 999_979 % plan.keys();
  }
}
