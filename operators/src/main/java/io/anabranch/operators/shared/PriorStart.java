package io.anabranch.operators.shared;

import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.record.ModelRecord;

/**
 * The bytes of a model that starts from a shared one. They are written anew when that has learned
 * another hundredth, so that a new key costs reading them and no more.
 */
final class PriorStart {
  private static final long GROWTH = 100;

  private final PriorSpec spec;
  private final LearnerProvider provider;
  private final LearnerSettings settings;
  private byte[] bytes = new byte[0];
  private long examples;

  /**
   * A start.
   *
   * @param settings of the models to start
   */
  PriorStart(PriorSpec spec, LearnerProvider provider, LearnerSettings settings) {
    this.spec = spec;
    this.provider = provider;
    this.settings = settings;
  }

  /**
   * A model that starts from this one.
   *
   * @throws IllegalStateException when there can be none
   */
  Learner fresh(Learner shared) {
    if (bytes.length == 0 || shared.examples() > examples + examples / GROWTH) {
      bytes = provider.write(start(shared));
      examples = shared.examples();
    }
    if (bytes.length > ModelRecord.Block.MOST_BYTES) {
      throw new IllegalStateException(
          "learner '%s': a model that starts from '%s' must be at most %d bytes, got %d: each key would have so many; leave out of features what makes it large"
              .formatted(
                  spec.follower(),
                  spec.shared().learner(),
                  ModelRecord.Block.MOST_BYTES,
                  bytes.length));
    }
    return provider.read(bytes, settings);
  }

  private Learner start(Learner shared) {
    return provider
        .startFrom(shared, settings)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "learner '%s': models of %s cannot start from '%s'"
                        .formatted(spec.follower(), provider.type(), spec.shared().learner())));
  }

  /** How many bytes the last one takes. */
  int bytes() {
    return bytes.length;
  }
}
