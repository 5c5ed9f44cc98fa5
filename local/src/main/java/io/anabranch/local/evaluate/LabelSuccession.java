package io.anabranch.local.evaluate;

import io.anabranch.local.profile.Autocorrelation;
import io.anabranch.local.profile.Repetition;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.TargetType;
import java.util.Locale;
import java.util.Optional;

/** How the labels of a stream follow each other: whether the last one says much of the next. */
public final class LabelSuccession {
  /** A share of repetitions so far from chance to certainty is worth a word. */
  private static final double REMARKABLE = 0.2;

  private static final double REMARKABLE_CORRELATION = 0.5;

  private final boolean numeric;
  private final Repetition repetition = new Repetition();
  private final Autocorrelation autocorrelation = new Autocorrelation();

  LabelSuccession(TargetType target) {
    numeric = target == TargetType.NUMERIC;
  }

  void add(Example example) {
    if (numeric) {
      autocorrelation.add(example.target());
    } else {
      repetition.add(example.label());
    }
  }

  /** What is to be said of it; empty when the last label says little of the next. */
  public Optional<String> remark() {
    if (numeric) {
      double correlation = autocorrelation.value();
      return correlation >= REMARKABLE_CORRELATION
          ? Optional.of(
              String.format(
                  Locale.ROOT,
                  "The target follows itself: the correlation of each value with the one before is"
                      + " %.2f.",
                  correlation))
          : Optional.empty();
    }
    double repeated = repetition.repeated();
    double chance = repetition.chance();
    return repeated - chance >= REMARKABLE * (1 - chance)
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "The target follows itself: %.1f %% of the labels equal the one before, %.1f %%"
                    + " would by chance.",
                100 * repeated,
                100 * chance))
        : Optional.empty();
  }
}
