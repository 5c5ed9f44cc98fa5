package io.anabranch.flinkml;

import io.anabranch.models.data.Example;
import java.io.Serializable;

/** What is summed of each example; all of it adds up, whoever summed which part. */
interface Statistic extends Serializable {

  /** How many sums there are. */
  int sums();

  /** Adds an example to sums that were made of others. */
  void add(Example example, double[] view, Additions into);

  /** A number that the sums say of an example. */
  double predict(Example example, double[] view);

  /** Takes what an example adds. */
  @FunctionalInterface
  interface Additions {
    /** Adds to one sum. */
    void add(int sum, double value);
  }
}
