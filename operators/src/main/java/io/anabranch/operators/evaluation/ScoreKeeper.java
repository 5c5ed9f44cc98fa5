package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.operators.record.MetricsChunk;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * What one subtask scored and learned since it last said so. Ships a chunk when a window is full
 * and five times a second; the operator calls {@link #ship} before each barrier and at the end of
 * input, so that nothing of it is ever state.
 */
public final class ScoreKeeper {
  /** How long a score waits at most, milliseconds. */
  public static final long SHIP_MILLIS = 200;

  private final ProcessingTimeService time;
  private final ScoreBuffer buffer;

  /** Starts keeping scores; to be called when the operator opens. */
  public ScoreKeeper(
      String learner,
      Target target,
      int window,
      DriftWatch drift,
      HotKeys keys,
      ProcessingTimeService time,
      Consumer<MetricsChunk> out) {
    this.time = time;
    buffer = new ScoreBuffer(learner, target, window, drift, keys, out);
    schedule();
  }

  /** Scores a prediction that was made before its label was learned. */
  public void score(Prediction prediction, Example example) {
    buffer.score(prediction, example);
  }

  /** Counts an example that was scored, then learned. */
  public void learned() {
    buffer.learned();
  }

  /** Scores a prediction whose label will not be learned. */
  public void heldOut(Prediction prediction, Example example) {
    buffer.heldOut(prediction, example);
  }

  /** Where the scores are kept. */
  public ScoreBuffer buffer() {
    return buffer;
  }

  /** Ships what there is, if anything. The chunk's sketches are reused: serialise them at once. */
  public void ship() {
    buffer.ship();
  }

  private void schedule() {
    var unused = // the callback's errors fail the task, the future says nothing more
        time.registerTimer(
            time.getCurrentProcessingTime() + SHIP_MILLIS,
            fired -> {
              ship();
              schedule();
            });
  }
}
