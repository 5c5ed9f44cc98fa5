package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import java.io.Serializable;

/** What is summed of each example; all of it adds up, whoever summed which part. */
interface Statistic extends Serializable {

  /** How many sums there are. */
  int sums();

  /** Adds an example to sums that were made of others. */
  void add(Example example, FadingSums view, Additions into);

  /** A number that the sums say of an example. */
  double predict(Example example, FadingSums view);

  /** Whether the sums may fade, as configured: state has room for it either way. */
  default boolean mayFade() {
    return false;
  }

  /** The sums as plain numbers, as they are written down. */
  default double[] plain(FadingSums view) {
    double[] plain = new double[sums()];
    for (int sum = 0; sum < plain.length; sum++) {
      plain[sum] = view.of(sum);
    }
    return plain;
  }

  /** Takes what an example adds. */
  @FunctionalInterface
  interface Additions {
    /** Adds to one sum. */
    void add(int sum, double value);
  }
}
