package io.anabranch.operators.embed;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.operators.shared.SharedLoop;
import io.anabranch.operators.shared.SharedSpec;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** Which learners' models the keys of another can start from. */
final class PriorChoice {
  private PriorChoice() {}

  /** The loop of the prior, which is one that the learner's keys can start from. */
  static SharedLoop require(
      String name,
      LearnerProvider provider,
      LearnerSettings settings,
      Placement placement,
      DataStream<?> examples,
      @Nullable SharedLoop prior) {
    if (placement != Placement.PER_KEY) {
      throw LearnerChoice.refuse(
          name, "prior must be used with placement PER_KEY, got " + placement);
    }
    if (prior == null) {
      throw LearnerChoice.refuse(name, "prior must be a learner with placement SHARED");
    }
    if (prior.streams().predictions().getExecutionEnvironment()
        != examples.getExecutionEnvironment()) {
      throw LearnerChoice.refuse(name, "prior must be attached to the same environment");
    }
    SharedSpec shared = prior.spec();
    if (!shared.type().equals(provider.type())) {
      throw LearnerChoice.refuse(
          name,
          "prior must be a learner of the same type, "
              + provider.type()
              + " and not "
              + shared.type());
    }
    if (shared.settings().hashBits() != settings.hashBits()) {
      throw LearnerChoice.refuse(
          name,
          "prior must have the same hashBits, "
              + settings.hashBits()
              + " and not "
              + shared.settings().hashBits());
    }
    SharedLearner replica = provider.createShared(shared.settings()).orElseThrow();
    boolean possible;
    try {
      possible = provider.startFrom(replica, settings).isPresent();
    } catch (IllegalArgumentException e) {
      throw LearnerChoice.refuse(name, "prior must fit (" + e.getMessage() + ")");
    }
    if (!possible) {
      throw LearnerChoice.refuse(
          name, "prior must be left out: models of " + provider.type() + " cannot start so");
    }
    return prior;
  }
}
