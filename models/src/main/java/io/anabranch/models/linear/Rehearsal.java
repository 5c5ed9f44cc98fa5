package io.anabranch.models.linear;

import io.anabranch.models.data.FeatureVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The latest examples of a young model, so that it can learn from each of them several times. At
 * most {@link #MOST_ENTRIES} entries, about 1 KiB; a model that is no longer young holds none.
 */
final class Rehearsal {
  /** A model is young until it has learned from so many examples. */
  static final long YOUTH = 256;

  /** How many remembered examples are learned again after each new one. */
  static final int REPEATS = 16;

  static final int MOST_ENTRIES = 128;

  private final List<RememberedExample> latest = new ArrayList<>();
  private final FeatureVector again = new FeatureVector();
  private int entries;

  /** One step of the model that rehearses. */
  interface Step {
    void learn(FeatureVector features, int label, float weight);
  }

  /** Rehearses after the latest of {@code examples} was learned, and remembers it. */
  void follow(long examples, FeatureVector features, int label, float weight, Step step) {
    if (examples >= YOUTH) {
      forget();
      return;
    }
    for (int i = 0; i < REPEATS && size() > 0; i++) {
      RememberedExample example = of(examples * REPEATS + i);
      example.fill(again);
      step.learn(again, example.label, example.weight);
    }
    add(RememberedExample.of(features, label, weight));
  }

  /** Remembers an example and forgets the oldest ones that there is no room for. */
  void add(RememberedExample example) {
    latest.add(example);
    entries += example.entries();
    while (entries > MOST_ENTRIES) {
      entries -= latest.remove(0).entries();
    }
  }

  /** The remembered example of a turn; turns go round. There must be one. */
  RememberedExample of(long turn) {
    return latest.get((int) (turn % latest.size()));
  }

  int size() {
    return latest.size();
  }

  /** From the oldest to the latest. */
  List<RememberedExample> latest() {
    return Collections.unmodifiableList(latest);
  }

  void forget() {
    latest.clear();
    entries = 0;
  }
}
