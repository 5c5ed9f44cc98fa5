package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.metrics.TimedCalls;
import org.apache.flink.metrics.Counter;

/**
 * What becomes of an example, whoever has the model: it is predicted, the prediction is scored if
 * the label is known, and then it is learned unless it is held out. Counted, and timed.
 */
public final class TestThenTrain {
  private final Holdout holdout;
  private final ScoreBuffer scores;
  private final TimedCalls predicting;
  private final TimedCalls learning;
  private final Counter heldOut;

  /** Registers the metrics. */
  public TestThenTrain(Holdout holdout, ScoreBuffer scores, DriftWatch drift, Metered metered) {
    this.holdout = holdout;
    this.scores = scores;
    predicting = metered.timed(LearningMetric.PREDICTIONS, LearningMetric.PREDICT_SECONDS);
    learning = metered.timed(LearningMetric.LEARNED, LearningMetric.LEARN_SECONDS);
    heldOut = metered.counter(LearningMetric.HELD_OUT);
    drift.register(metered);
  }

  /** Predicts. */
  public void predict(Learner learner, Example example, Prediction into) {
    long begun = predicting.begin();
    learner.predict(example, into);
    predicting.end(begun);
  }

  /** Scores a prediction if it can be, and says whether the example is to be learned. */
  public boolean test(Prediction prediction, Example example) {
    if (!example.labelled()) {
      return false;
    }
    if (holdout.contains(example.id())) {
      heldOut.inc();
      scores.heldOut(prediction, example);
      return false;
    }
    scores.score(prediction, example);
    return true;
  }

  /** Learns an example that was scored. */
  public void train(Learner learner, Example example) {
    long begun = learning.begin();
    learner.learn(example);
    learning.end(begun);
    scores.learned();
  }
}
