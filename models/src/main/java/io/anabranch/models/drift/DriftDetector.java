package io.anabranch.models.drift;

import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;

/** Watches a sequence of errors from 0 to 1 for a change of their mean. */
public sealed interface DriftDetector permits Adwin, Ddm, PageHinkley {
  /**
   * Takes the next error.
   *
   * @param error from 0 to 1
   */
  Change add(double error);

  /** The mean of the errors since the last change; 0 before the first. */
  double mean();

  /** How many errors that mean is of. */
  long width();

  /** Writes all that the next errors will be judged by. */
  void write(ModelWriter out);

  /** Takes over what {@link #write} wrote. */
  void read(ModelReader in);
}
