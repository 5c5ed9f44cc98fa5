package io.anabranch.models.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Wrong and right predictions of known shares, and where a detector finds changes in them. */
final class Errors {
  private final Random random;
  private final DriftDetector detector;
  private final List<Integer> rises = new ArrayList<>();
  private final List<Integer> falls = new ArrayList<>();
  private int given;

  Errors(DriftDetector detector, long seed) {
    this.detector = detector;
    random = new Random(seed);
  }

  /** So many more, of which a share is wrong. */
  Errors of(double share, int count) {
    return gliding(share, share, count);
  }

  /** So many more, while the share glides from one to another. */
  Errors gliding(double from, double to, int count) {
    for (int i = 0; i < count; i++) {
      double share = from + (to - from) * i / count;
      switch (detector.add(random.nextDouble() < share ? 1 : 0)) {
        case RISE -> rises.add(given);
        case FALL -> falls.add(given);
        case NONE -> {
          // most of the time
        }
      }
      given++;
    }
    return this;
  }

  /** After how many errors each rise was found. */
  List<Integer> rises() {
    return rises;
  }

  List<Integer> falls() {
    return falls;
  }
}
