package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import java.util.List;

/** Test-then-train figures of a binary learner. */
final class Prequential {
  private final Prediction prediction = new Prediction();
  private double loss;
  private long right;
  private long scored;

  /** Predicts, scores and learns all examples in order. */
  static Prequential of(Learner learner, List<Example> examples) {
    Prequential figures = new Prequential();
    for (Example example : examples) {
      figures.step(learner, example);
    }
    return figures;
  }

  void step(Learner learner, Example example) {
    learner.predict(example, prediction);
    double p = prediction.probability();
    boolean positive = example.target() == 1;
    loss -= Math.log(Math.max(1e-15, positive ? p : 1 - p));
    right += prediction.positive() == positive ? 1 : 0;
    scored++;
    learner.learn(example);
  }

  double accuracy() {
    return (double) right / scored;
  }

  double logLoss() {
    return loss / scored;
  }
}
