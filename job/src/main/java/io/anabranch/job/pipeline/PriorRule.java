package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.List;
import java.util.Optional;

/**
 * What {@code prior} may name: a shared learner whose model the other's new keys can start from.
 */
final class PriorRule {
  private PriorRule() {}

  static void check(
      Section entry, LearnerEntry learner, List<LearnerEntry> all, LearnerRegistry registry) {
    if (learner.prior().isEmpty()) {
      return;
    }
    broken(learner, all, registry)
        .ifPresent(
            rule ->
                entry.problem(
                    "prior", rule + ", got '" + entry.shown("prior", learner.prior()) + "'"));
  }

  private static Optional<String> broken(
      LearnerEntry learner, List<LearnerEntry> all, LearnerRegistry registry) {
    Optional<LearnerEntry> named =
        all.stream().filter(other -> other.id().equals(learner.prior())).findFirst();
    if (named.isEmpty() || named.get().placement() != Placement.SHARED) {
      List<String> shared =
          all.stream()
              .filter(other -> other.placement() == Placement.SHARED)
              .map(LearnerEntry::id)
              .toList();
      String list = shared.isEmpty() ? "there is none" : String.join(", ", shared);
      return Optional.of("must be the id of a learner with placement: shared (" + list + ")");
    }
    if (!named.get().type().equals(learner.type())) {
      return Optional.of(
          "must be a learner of the same type, "
              + learner.type()
              + " and not "
              + named.get().type());
    }
    return registry
        .find(learner.type())
        .flatMap(provider -> misfit(provider, named.get(), learner));
  }

  private static Optional<String> misfit(
      LearnerProvider provider, LearnerEntry shared, LearnerEntry learner) {
    Optional<? extends Learner> replica = provider.createShared(shared.settings());
    if (replica.isEmpty()) {
      return Optional.empty(); // said of its placement already
    }
    try {
      return provider.startFrom(replica.get(), learner.settings()).isPresent()
          ? Optional.empty()
          : Optional.of("must be left out: models of " + learner.type() + " cannot start so");
    } catch (IllegalArgumentException e) {
      return Optional.of("must fit (" + e.getMessage() + ")");
    }
  }
}
