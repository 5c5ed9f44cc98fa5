package io.anabranch.models.feature;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/** Which fields of a record become features, and how. */
public sealed interface FeatureSpec extends Serializable {

  /**
   * Every top-level field but the target, id, time, label and the excluded ones, by the type of the
   * value that arrives: numbers numeric, strings and booleans categorical, objects map, numeric
   * arrays vector.
   *
   * @param exclude the fields to leave out, the target, id, time, weight and label among them
   */
  record Auto(Set<String> exclude) implements FeatureSpec {
    /** Copies the set. */
    public Auto {
      exclude = Set.copyOf(exclude);
    }
  }

  /** Just the listed features. */
  record Listed(List<Feature> features) implements FeatureSpec {
    /** Copies the list. */
    public Listed {
      features = List.copyOf(features);
    }
  }

  /** One listed feature. */
  sealed interface Feature extends Serializable {
    /** The field of the record. */
    String field();
  }

  /** A number; standardised by each model when {@code scale} is STANDARD. */
  record Numeric(String field, Scale scale) implements Feature {}

  /** A text, boolean or number taken as one of many values; hashed into 2^hashBits at most. */
  record Categorical(String field, int hashBits) implements Feature {}

  /** An object of name to number: a sparse vector. */
  record MapOfNumbers(String field) implements Feature {}

  /** An array of numbers: a dense vector, each position a numeric feature. */
  record NumericVector(String field, Scale scale) implements Feature {}

  /** What is done to a number before it is learned from. */
  enum Scale {
    /** The number as it is. */
    NONE,
    /** Online standardisation by the model's own running mean and deviation. */
    STANDARD
  }
}
