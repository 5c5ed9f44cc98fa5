package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.KeyCounts;
import io.anabranch.operators.record.MetricsChunk;
import java.util.function.Consumer;

/**
 * What was scored and learned since it was last handed over. One buffer serves from the first
 * example to the last, so that each label is compared with the one before it across chunks.
 */
public final class ScoreBuffer {
  private final String learner;
  private final int most;
  private final DriftWatch drift;
  private final HotKeys keys;
  private final Consumer<MetricsChunk> out;
  private final PrequentialSketch sketch;
  private final PrequentialSketch holdout;
  private long learned;

  /**
   * An empty buffer.
   *
   * @param most scored examples per chunk, at least 1
   * @param drift is told of each score
   * @param keys has counted the records, labelled or not
   * @param out takes the chunks; their sketches are reused, so they have to be used up at once
   */
  public ScoreBuffer(
      String learner,
      Target target,
      int most,
      DriftWatch drift,
      HotKeys keys,
      Consumer<MetricsChunk> out) {
    this.learner = learner;
    this.most = most;
    this.drift = drift;
    this.keys = keys;
    this.out = out;
    sketch = new PrequentialSketch(target);
    holdout = new PrequentialSketch(target);
  }

  /** An empty buffer of a learner whose keys nobody counts. */
  public ScoreBuffer(
      String learner, Target target, int most, DriftWatch drift, Consumer<MetricsChunk> out) {
    this(learner, target, most, drift, new HotKeys(0), out);
  }

  /** Scores a prediction that was made before its label was learned. */
  public void score(Prediction prediction, Example example) {
    sketch.score(prediction, example);
    drift.score(prediction, example);
  }

  /** Counts an example that was scored, then learned. */
  public void learned() {
    learned++;
    shipWhenFull();
  }

  /** Scores a prediction whose label will not be learned. */
  public void heldOut(Prediction prediction, Example example) {
    score(prediction, example);
    holdout.score(prediction, example);
    shipWhenFull();
  }

  private void shipWhenFull() {
    if (sketch.scored() >= most) {
      ship();
    }
  }

  /** Hands over what there is, if anything. */
  public void ship() {
    KeyCounts counts = keys.take();
    if (learned > 0 || !sketch.isEmpty() || counts.records() > 0) {
      out.accept(
          new MetricsChunk(
              learner, learned, InputCounts.NONE, sketch, holdout, drift.takeDrifts(), counts));
      sketch.clear();
      holdout.clear();
      learned = 0;
    }
  }
}
