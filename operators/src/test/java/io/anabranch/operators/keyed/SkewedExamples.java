package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import java.util.Map;
import java.util.SplittableRandom;

/** A labelled stream of which every other record, more or less, is of one key. */
final class SkewedExamples {
  static final String HOT = "hot";
  static final LearnerSettings SETTINGS = new LearnerSettings(Target.binary("1"), 12, Map.of(), 1);

  // So few that what is collected of their models does not fill the collector.
  private static final int KEYS = 30;
  private static final int NUMBERS = 6;

  private SkewedExamples() {}

  /** The example of a number: its first three features tell the label somewhat. */
  static Example of(long number) {
    SplittableRandom random = new SplittableRandom(number);
    Example example = new Example();
    example.clear();
    String key = random.nextBoolean() ? HOT : "key-" + random.nextInt(KEYS);
    example.identify("id-" + number, key, number);
    double score = 0;
    for (int i = 0; i < NUMBERS; i++) {
      float value = (float) random.nextDouble(-1, 1);
      score += i < 3 ? value : 0;
      example.features().addNumeric((1 << 12) + i, value);
    }
    boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-2 * score));
    example.label(positive ? "1" : "0", positive ? 1 : 0);
    return example;
  }
}
