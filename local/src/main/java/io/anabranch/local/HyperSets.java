package io.anabranch.local;

import io.anabranch.local.draft.PipelineDraft.LearnerDraft;
import io.anabranch.local.run.RunFailure;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.List;
import java.util.TreeSet;

/** Turns {@code --hyper NAME=VALUE} into what {@code --set} would say of each learner. */
final class HyperSets {
  private final LearnerRegistry registry;
  private final List<LearnerDraft> learners;

  HyperSets(LearnerRegistry registry, List<LearnerDraft> learners) {
    this.registry = registry;
    this.learners = learners;
  }

  List<String> of(String name, String value) throws RunFailure {
    List<String> sets =
        learners.stream()
            .filter(learner -> names(learner).contains(name))
            .map(
                learner ->
                    "learners[" + learners.indexOf(learner) + "].hyper." + name + "=" + value)
            .toList();
    if (sets.isEmpty()) {
      TreeSet<String> all = new TreeSet<>();
      learners.forEach(learner -> all.addAll(names(learner)));
      throw RunFailure.invalid(
          "--hyper must name a hyperparameter of these learners ("
              + (all.isEmpty() ? "they have none" : String.join(", ", all))
              + "), got "
              + name);
    }
    return sets;
  }

  private List<String> names(LearnerDraft learner) {
    return registry.find(learner.type()).orElseThrow().hyperparameters().stream()
        .map(Hyperparameter::name)
        .toList();
  }
}
