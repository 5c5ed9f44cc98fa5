package io.anabranch.cluster.check;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The versions by which a learner with one model and {@code split: true} predicted. One subtask
 * alone gives each once: those who help count by the model as it last came, and give some again.
 */
public final class SplitVersions {
  private final Set<Long> different = new HashSet<>();
  private long predictions;

  /** Enters that of a prediction. */
  public void enter(long version) {
    predictions++;
    different.add(version);
  }

  /** Whether the model was split at all: else nothing is proved of it. */
  public Finding finding(String learner) {
    return new Finding(
        "several subtasks predicted for one key: " + learner,
        different.size() < predictions,
        String.format(
            Locale.ROOT, "%,d versions in %,d predictions", different.size(), predictions));
  }
}
