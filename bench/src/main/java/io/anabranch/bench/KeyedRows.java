package io.anabranch.bench;

import io.anabranch.models.data.Example;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Labelled rows of some numbers, each when it is due; their event time says when that was, in
 * nanoseconds of this process' clock.
 */
final class KeyedRows extends RichMapFunction<Long, Example> {
  private static final long serialVersionUID = 1L;

  static final String HOT = "hot";

  /** A rate without waiting. */
  static final double AT_ONCE = Double.POSITIVE_INFINITY;

  private static final int FIRST = 1 << 22;

  // -- configuration

  private final int keys;
  private final int features;
  private final double hotShare;
  private final double perSecond;

  // -- runtime

  private transient SplittableRandom random;
  private transient String[] names;
  private transient Example example;
  private transient double nanosBetween;
  private transient long begun;
  private transient long row;

  /**
   * A stream.
   *
   * @param keys how many there are, evenly, beside the hot one
   * @param features numbers of a row
   * @param hotShare how much of all goes to one key
   * @param perSecond rows per second, all subtasks together
   */
  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  KeyedRows(int keys, int features, double hotShare, double perSecond) {
    this.keys = keys;
    this.features = features;
    this.hotShare = hotShare;
    this.perSecond = perSecond;
  }

  @Override
  public void open(OpenContext context) {
    var task = getRuntimeContext().getTaskInfo();
    random = new SplittableRandom(task.getIndexOfThisSubtask());
    names = new String[keys];
    for (int i = 0; i < keys; i++) {
      names[i] = "key-" + i;
    }
    example = new Example();
    nanosBetween = 1e9 * task.getNumberOfParallelSubtasks() / perSecond;
  }

  @Override
  public Example map(Long number) {
    if (row == 0) {
      begun = System.nanoTime();
    }
    long due = begun + (long) (row++ * nanosBetween);
    for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
      LockSupport.parkNanos(early);
    }
    example.clear();
    example.identify("", random.nextDouble() < hotShare ? HOT : names[random.nextInt(keys)], due);
    double score = 0;
    for (int i = 0; i < features; i++) {
      float value = (float) random.nextDouble(-1, 1);
      score += i % 2 == 0 ? value : -value;
      example.features().addNumeric(FIRST + i, value);
    }
    boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-score));
    example.label(positive ? "1" : "0", positive ? 1 : 0);
    return example;
  }
}
