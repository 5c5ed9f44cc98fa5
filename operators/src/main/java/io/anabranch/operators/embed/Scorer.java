package io.anabranch.operators.embed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.record.PredictionRecord;
import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Predicts with models that were learned elsewhere, by the same mapping of records. It is
 * serializable, so that it can travel to a service or into another function of the job.
 *
 * @param <T> the records of the stream
 */
@PublicEvolving
public final class Scorer<T> implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final String type;
  private final LearnerSettings settings;
  private final ExampleMapping<T> mapping;

  Scorer(String name, String type, LearnerSettings settings, ExampleMapping<T> mapping) {
    this.name = name;
    this.type = type;
    this.settings = settings;
    this.mapping = mapping;
  }

  /** Predicts with one model; for one thread. */
  @PublicEvolving
  @FunctionalInterface
  public interface Predictor<T> {
    /**
     * The prediction of a record.
     *
     * @throws RuntimeException with the reason, when the record cannot be used
     */
    Predicted predict(T element);
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException with the reason, when it is damaged or of another learner
   */
  public Predictor<T> load(LearnedModel model) {
    Learner learner =
        new LearnerRegistry(Thread.currentThread().getContextClassLoader())
            .require(name, type)
            .read(model.bytes(), settings);
    ExampleMapping.Encoder<T> encoder = mapping.encoder();
    Example example = new Example();
    PredictionRecord record = new PredictionRecord();
    return element -> {
      encoder.encode(element, 0, example);
      learner.predict(example, record.prediction());
      record.of(example, name, model.version());
      return Predicted.of(record);
    };
  }
}
