package io.anabranch.models.linear;

import java.util.Arrays;

/**
 * Which of many changes are the largest: those at least as large as a quantile of an evenly spaced
 * sample. What is left behind stays pending and adds up until it is large enough, which is what
 * keeps sparse shipments from losing anything (error feedback: Stich, Cordonnier and Jaggi 2018,
 * "Sparsified SGD with Memory").
 */
final class LargestChanges {
  private static final int SAMPLE = 1_024;

  private LargestChanges() {}

  /** How many of so many changes are looked at. */
  static int sampleOf(int changes) {
    return Math.min(changes, SAMPLE);
  }

  /** Which change is the i-th of the sample. */
  static int sampled(int i, int sample, int changes) {
    return (int) ((long) i * changes / sample);
  }

  /**
   * The size from which on a change is among the largest.
   *
   * @param sample sizes; sorted afterwards
   * @param hold the fraction that is not, from 0 to below 1
   */
  static float least(float[] sample, double hold) {
    if (sample.length == 0) {
      return 0;
    }
    Arrays.sort(sample);
    return sample[(int) (hold * sample.length)];
  }
}
