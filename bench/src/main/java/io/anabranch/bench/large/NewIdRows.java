package io.anabranch.bench.large;

import io.anabranch.models.data.Example;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Row number → a row of {@link NewIds}, so many in a second and no more: what expires after some
 * time depends on how many new values pass in it.
 */
final class NewIdRows extends RichMapFunction<Long, Example> {
  private static final long serialVersionUID = 1;
  private static final int AT_ONCE = 100;

  private final int bits;
  private final int perSecond;

  private transient NewIds stream;
  private transient Example example;
  private transient long turnNanos;
  private transient long due;
  private transient int left;

  /**
   * Rows.
   *
   * @param perSecond how many, of all subtasks together
   */
  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  NewIdRows(int bits, int perSecond) {
    this.bits = bits;
    this.perSecond = perSecond;
  }

  @Override
  public void open(OpenContext context) {
    stream = new NewIds(bits);
    example = new Example();
    int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    turnNanos = TimeUnit.SECONDS.toNanos(AT_ONCE) * subtasks / perSecond;
    due = System.nanoTime();
  }

  @Override
  public Example map(Long row) throws InterruptedException {
    if (left-- == 0) {
      left = AT_ONCE - 1;
      pause();
    }
    stream.fill(row, example);
    return example;
  }

  private void pause() throws InterruptedException {
    long early = due - System.nanoTime();
    if (early > 0) {
      TimeUnit.NANOSECONDS.sleep(early);
    }
    due += turnNanos - Math.min(0, early); // what was missed is not made up for
  }
}
