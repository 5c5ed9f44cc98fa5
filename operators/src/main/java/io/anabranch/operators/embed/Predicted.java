package io.anabranch.operators.embed;

import io.anabranch.models.data.Prediction;
import io.anabranch.operators.record.PredictionRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Public;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a model said of one record, before it learned from it.
 *
 * @param learner the learner's name
 * @param id the record's id, "" when none is mapped
 * @param key the record's key, "" when none is mapped
 * @param version the version of the model: of a shared one, the newest checkpoint's that all of its
 *     weights contain (0 = none yet); of a key's own, how many examples it has learned
 * @param time when the record happened, epoch ms
 * @param positive binary labels: the decision; false otherwise
 * @param probability binary labels: P(positive); NaN when the learner gives none, and otherwise
 * @param category labels of several classes: the class, "" when none was ever seen; "" otherwise
 * @param probabilities labels of several classes: the probability of each, as far as the learner
 *     gives them; empty otherwise
 * @param value numeric labels: the number; NaN otherwise
 */
@Public
@TypeInfo(EmbedTypes.Factory.class)
public record Predicted(
    String learner,
    String id,
    String key,
    long version,
    long time,
    boolean positive,
    double probability,
    String category,
    Map<String, Double> probabilities,
    double value) {

  /** Copies what a learner wrote into a buffer that it will use again. */
  static Predicted of(PredictionRecord of) {
    Prediction prediction = of.prediction();
    return new Predicted(
        of.learner(),
        of.id(),
        of.key(),
        of.version(),
        of.time(),
        prediction.positive(),
        prediction.probability(),
        prediction.label(),
        probabilities(prediction),
        prediction.value());
  }

  private static Map<String, Double> probabilities(Prediction prediction) {
    if (prediction.classCount() == 0) {
      return Map.of();
    }
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int i = 0; i < prediction.classCount(); i++) {
      byClass.put(prediction.className(i), prediction.classProbability(i));
    }
    return Collections.unmodifiableMap(byClass);
  }
}
