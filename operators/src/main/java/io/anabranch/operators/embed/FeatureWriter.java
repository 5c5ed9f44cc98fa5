package io.anabranch.operators.embed;

import io.anabranch.models.data.FeatureVector;

/** Writes the features of records, for one subtask. */
@FunctionalInterface
interface FeatureWriter<T> {

  /**
   * Fills the vector anew.
   *
   * @throws io.anabranch.models.feature.FeatureException when a value cannot be a feature
   * @throws RefusalException likewise
   */
  void write(T element, FeatureVector into);
}
