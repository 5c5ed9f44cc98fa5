package io.anabranch.models.learner;

import io.anabranch.models.data.Target;
import java.io.Serializable;
import java.util.Map;

/**
 * All that a learner is made from.
 *
 * @param target what it predicts
 * @param hashBits the sparse coordinates lie in [0, 2^hashBits), the numeric ones above; 1 to 28
 * @param hyper the hyperparameters that were set, by name: Double, Long, Boolean or String, already
 *     checked against {@link LearnerProvider#hyperparameters()}; what is absent takes its default
 * @param seed the seed of all randomness
 */
public record LearnerSettings(
    Target target, int hashBits, Map<String, ? extends Serializable> hyper, long seed)
    implements Serializable {

  /** The width of hashing when nothing else is said. */
  public static final int DEFAULT_HASH_BITS = 22;

  /** Copies the map. */
  public LearnerSettings {
    if (hashBits < 1 || hashBits > 28) {
      throw new IllegalArgumentException("hashBits must be between 1 and 28, got " + hashBits);
    }
    hyper = Map.copyOf(hyper);
  }

  /** The number set for a hyperparameter, or its default. */
  public double number(String name, double defaultValue) {
    return hyper.get(name) instanceof Number value ? value.doubleValue() : defaultValue;
  }

  /** The text set for a hyperparameter, or its default. */
  public String text(String name, String defaultValue) {
    return hyper.get(name) instanceof String value ? value : defaultValue;
  }

  /** What was set for a hyperparameter that is on or off, or its default. */
  public boolean flag(String name, boolean defaultValue) {
    return hyper.get(name) instanceof Boolean value ? value : defaultValue;
  }
}
