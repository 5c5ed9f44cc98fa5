package io.anabranch.bench;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.PrequentialSketch;
import io.anabranch.operators.record.PredictionRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Predicts, scores and learns as a trainer does, and tells nobody. */
final class LoneTrainer extends RichMapFunction<Example, PredictionRecord> {
  private static final long serialVersionUID = 1L;

  private final LearnerSettings settings;

  private transient Learner learner;
  private transient PredictionRecord prediction;
  private transient PrequentialSketch sketch;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  LoneTrainer(LearnerSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    learner =
        new LearnerRegistry(LoneTrainer.class.getClassLoader())
            .find("logistic-regression")
            .orElseThrow()
            .create(settings);
    prediction = new PredictionRecord();
    sketch = new PrequentialSketch(settings.target());
  }

  @Override
  public PredictionRecord map(Example example) {
    learner.predict(example, prediction.prediction());
    prediction.of(example, "alone", 0);
    sketch.score(prediction.prediction(), example);
    learner.learn(example);
    return prediction;
  }
}
