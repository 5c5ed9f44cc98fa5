package io.anabranch.local.draft;

import io.anabranch.local.draft.PipelineDraft.LearnerDraft;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which learners are put beside each other on one target. */
public final class LearnerChoice {
  private LearnerChoice() {}

  /** All types that can predict such a target, the baselines last. */
  public static List<String> fitting(LearnerRegistry registry, TargetType target) {
    List<LearnerProvider> providers = new ArrayList<>();
    for (String type : registry.types()) {
      registry
          .find(type)
          .filter(p -> p.about().targets().contains(target))
          .ifPresent(providers::add);
    }
    providers.sort(Comparator.comparing(LearnerProvider::baseline));
    return providers.stream().map(LearnerProvider::type).toList();
  }

  /**
   * Learners of these types.
   *
   * @param types each of which is in the registry
   * @param keyed whether the input has a key: then each learner that can has one model and, beside
   *     it, a model per key
   */
  public static List<LearnerDraft> of(LearnerRegistry registry, List<String> types, boolean keyed) {
    List<LearnerDraft> learners = new ArrayList<>();
    for (String type : types) {
      LearnerProvider provider = registry.find(type).orElseThrow();
      boolean shared = !provider.about().placements().contains(Placement.PER_KEY);
      learners.add(
          new LearnerDraft(type, type, shared, keyed && !shared, provider.about().description()));
      if (keyed && !shared) {
        learners.add(
            new LearnerDraft(type + ".per-key", type, false, false, "The same, a model per key."));
      }
    }
    return List.copyOf(learners);
  }
}
