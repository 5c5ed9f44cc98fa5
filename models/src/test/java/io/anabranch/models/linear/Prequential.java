package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Learner;
import java.util.List;

/** Test-then-train figures of a binary or multiclass learner. */
public final class Prequential {
  private final Prediction prediction = new Prediction();
  private double loss;
  private long right;
  private long scored;

  /** Predicts, scores and learns all examples in order. */
  public static Prequential of(Learner learner, List<Example> examples) {
    Prequential figures = new Prequential();
    for (Example example : examples) {
      figures.step(learner, example);
    }
    return figures;
  }

  void step(Learner learner, Example example) {
    learner.predict(example, prediction);
    boolean positive = example.target() == 1;
    if (prediction.type() == TargetType.BINARY) {
      score(positive ? prediction.probability() : 1 - prediction.probability());
      right += prediction.positive() == positive ? 1 : 0;
    } else {
      score(probabilityOf(example.label()));
      right += prediction.label().equals(example.label()) ? 1 : 0;
    }
    scored++;
    learner.learn(example);
  }

  private void score(double probability) {
    loss -= Math.log(Math.max(1e-15, probability));
  }

  private double probabilityOf(String label) {
    for (int i = 0; i < prediction.classCount(); i++) {
      if (prediction.className(i).equals(label)) {
        return prediction.classProbability(i);
      }
    }
    return 0;
  }

  /** The share of right decisions. */
  public double accuracy() {
    return (double) right / scored;
  }

  /** The mean logarithmic loss. */
  public double logLoss() {
    return loss / scored;
  }
}
