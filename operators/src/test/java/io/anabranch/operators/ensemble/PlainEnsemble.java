package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * What an ensemble has to come to: the whole model in a plain loop.
 *
 * @param predictions what was predicted, by id
 * @param members the members in the end, by the name of their block
 */
record PlainEnsemble(Map<String, String> predictions, Map<String, String> members) {

  static PlainEnsemble of(EnsembleSpec spec, long records, LongFunction<Example> examples) {
    LearnerProvider provider =
        new LearnerRegistry(PlainEnsemble.class.getClassLoader()).find(spec.type()).orElseThrow();
    Learner model = provider.create(spec.settings());
    Prediction prediction = new Prediction();
    Map<String, String> predictions = new TreeMap<>();
    Ensemble ensemble = provider.ensemble(spec.settings()).orElseThrow();
    Learner[] members = new Learner[ensemble.members()];
    Arrays.setAll(members, ensemble::create);
    for (long number = 0; number < records; number++) {
      Example example = examples.apply(number);
      model.predict(example, prediction);
      predictions.put(
          example.id(),
          "v%d %s %s"
              .formatted(
                  model.examples(), example.label(), Double.toHexString(prediction.probability())));
      if (example.labelled() && !spec.holdout().contains(example.id())) {
        model.learn(example);
        for (Learner member : members) {
          member.learn(example);
        }
      }
    }
    Map<String, String> blocks = new TreeMap<>();
    for (int i = 0; i < members.length; i++) {
      blocks.put(
          "member:" + i,
          "v" + members[i].examples() + " " + Arrays.hashCode(ensemble.write(members[i])));
    }
    return new PlainEnsemble(predictions, blocks);
  }
}
