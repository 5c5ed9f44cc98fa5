package io.anabranch.operators.keyed;

import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.shared.PriorModel;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What keys begin with.
 *
 * @param known predicts for all keys that have learned nothing; never learns
 * @param fresh makes what such a key calls its own as soon as it learns
 */
record KeyStart(Learner known, Supplier<Own> fresh) {

  /**
   * A model of a key's own.
   *
   * @param bytes what it takes as written, as far as is known
   */
  record Own(Learner learner, int bytes) {}

  /**
   * Keys that know nothing.
   *
   * @param bytes what a model may take that was never written
   */
  static KeyStart untrained(LearnerProvider provider, LearnerSettings settings, IntSupplier bytes) {
    return new KeyStart(
        provider.create(settings), () -> new Own(provider.create(settings), bytes.getAsInt()));
  }

  /** Keys that know what a shared model knows. */
  static KeyStart from(PriorModel prior) {
    return new KeyStart(
        prior.replica(),
        () -> {
          Learner learner = prior.fresh();
          return new Own(learner, prior.freshBytes());
        });
  }
}
