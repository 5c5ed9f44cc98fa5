package io.anabranch.models.metrics;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;

/** What was scored, in constant memory; merges with others of the same target. */
public final class PrequentialSketch {
  private final Target target;
  private long scored;

  /** An empty sketch. */
  public PrequentialSketch(Target target) {
    this.target = target;
  }

  /** Scores a prediction that was made before its label was learned. */
  public void score(Prediction prediction, Example example) {
    if (prediction.type() == target.type() && example.labelled()) {
      scored++;
    }
  }

  /** How many predictions were scored. */
  public long scored() {
    return scored;
  }
}
