package io.anabranch.job.pipeline;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.keyed.SplitTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which learners {@code split} is for: those whose model is sums. */
final class SplitRule {
  private SplitRule() {}

  static void check(
      Section entry, LearnerProvider provider, Target target, LearnerRegistry registry) {
    if (!provider.about().targets().contains(target.type())) {
      return; // said of its type already
    }
    if (!isPossible(provider, target)) {
      entry.problem(
          "split",
          provider.type()
              + " cannot be split: what several of its models learned apart does not add up; "
              + possible(target, registry));
    } else if (entry.node("prior").isPresent()) {
      entry.problem("split", "is not for a learner whose new keys start from a prior");
    }
  }

  /** Whatever is set for it: what a model is made of depends on its type alone. */
  private static boolean isPossible(LearnerProvider provider, Target target) {
    return provider.about().placements().contains(Placement.PER_KEY)
        && provider.about().targets().contains(target.type())
        && SplitTraining.isPossible(
            provider, new LearnerSettings(target, LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1));
  }

  private static String possible(Target target, LearnerRegistry registry) {
    List<String> types = new ArrayList<>();
    for (String type : registry.types()) {
      registry
          .find(type)
          .filter(other -> isPossible(other, target))
          .ifPresent(other -> types.add(type));
    }
    return types.isEmpty()
        ? "no learner of this target can"
        : "these can: " + String.join(", ", types);
  }
}
