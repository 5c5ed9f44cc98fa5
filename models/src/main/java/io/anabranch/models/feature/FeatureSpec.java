package io.anabranch.models.feature;

import io.anabranch.models.learner.LearnerSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/** Which fields of a record become features, and how. */
public sealed interface FeatureSpec extends Serializable {
  /** The widest that a field can be hashed. */
  int MOST_HASH_BITS = 24;

  /**
   * The space that all features share has 2^hashBits hashed coordinates: {@link
   * LearnerSettings#DEFAULT_HASH_BITS}, or more where a field is hashed wider.
   */
  int hashBits();

  /**
   * Every top-level field but the target, id, time, label and the excluded ones, by the type of the
   * value that arrives: numbers numeric, strings and booleans categorical, objects map, numeric
   * arrays vector.
   *
   * @param exclude the fields to leave out, the target, id, time, weight and label among them
   * @param fieldBits each field is hashed into 2^fieldBits coordinates at most
   */
  record Auto(Set<String> exclude, int fieldBits) implements FeatureSpec {
    /** Copies the set. */
    public Auto {
      exclude = Set.copyOf(exclude);
    }

    /** Fields that are hashed into as many coordinates as is usual. */
    public Auto(Set<String> exclude) {
      this(exclude, LearnerSettings.DEFAULT_HASH_BITS);
    }

    @Override
    public int hashBits() {
      return Math.max(LearnerSettings.DEFAULT_HASH_BITS, fieldBits);
    }
  }

  /** Just the listed features. */
  record Listed(List<Feature> features) implements FeatureSpec {
    /** Copies the list. */
    public Listed {
      features = List.copyOf(features);
    }

    @Override
    public int hashBits() {
      return features.stream()
          .mapToInt(Feature::hashBits)
          .reduce(LearnerSettings.DEFAULT_HASH_BITS, Math::max);
    }
  }

  /** One listed feature. */
  sealed interface Feature extends Serializable {
    /** The field of the record; of a cross, all of them in words. */
    String field();

    /** All fields of the record that it is made of. */
    default List<String> fields() {
      return List.of(field());
    }

    /** What is done to its numbers. */
    default Scale scale() {
      return Scale.NONE;
    }

    /** Its values, names or words are hashed into 2^hashBits coordinates at most. */
    default int hashBits() {
      return 1;
    }
  }

  /** A number, bounded to the range of {@code clip}, scaled by each model's own statistics. */
  record Numeric(String field, Scale scale, Clip clip, Missing missing) implements Feature {
    /** A number that is neither bounded nor missed. */
    public Numeric(String field, Scale scale) {
      this(field, scale, Clip.NONE, Missing.SKIP);
    }
  }

  /** A text, boolean or number taken as one of many values; hashed into 2^hashBits at most. */
  record Categorical(String field, int hashBits, Missing missing) implements Feature {
    /** A category that is not missed. */
    public Categorical(String field, int hashBits) {
      this(field, hashBits, Missing.SKIP);
    }
  }

  /**
   * A text taken as the words in it.
   *
   * @param ngrams sequences of 1 to so many words are counted; 1 to {@link #MOST_NGRAMS}
   * @param hashBits hashed into 2^hashBits coordinates at most
   */
  record Text(String field, int ngrams, int hashBits) implements Feature {
    /** The longest sequences of words. */
    public static final int MOST_NGRAMS = 5;

    /** Checks the range. */
    public Text {
      if (ngrams < 1 || ngrams > MOST_NGRAMS) {
        throw new IllegalArgumentException(
            "ngrams must be between 1 and " + MOST_NGRAMS + ", got " + ngrams);
      }
    }
  }

  /** An object of name to number: a sparse vector; hashed into 2^hashBits at most. */
  record MapOfNumbers(String field, int hashBits) implements Feature {}

  /** An array of numbers: a dense vector, each position a numeric feature. */
  record NumericVector(String field, Scale scale, Clip clip) implements Feature {
    /** A vector whose numbers are not bounded. */
    public NumericVector(String field, Scale scale) {
      this(field, scale, Clip.NONE);
    }
  }

  /**
   * The combination of the values of several fields, taken as one of many values. Missing when one
   * of them is.
   *
   * @param fields at least two, each holding a text, boolean or number
   * @param hashBits hashed into 2^hashBits at most
   */
  record Cross(List<String> fields, int hashBits) implements Feature {
    /** Copies the list. */
    public Cross {
      fields = List.copyOf(fields);
      if (fields.size() < 2) {
        throw new IllegalArgumentException("a cross must be of at least 2 fields, got " + fields);
      }
    }

    @Override
    public String field() {
      return String.join(" × ", fields);
    }
  }

  /** The range that a number is bounded to, before anything else is done with it. */
  record Clip(double least, double most) implements Serializable {
    /** All numbers stay as they are. */
    public static final Clip NONE = new Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Checks the order. */
    public Clip {
      if (!(least < most)) {
        throw new IllegalArgumentException(
            "clip must be a range [min, max] with min < max, got [" + least + ", " + most + "]");
      }
    }
  }

  /** What stands for a value that is not there. */
  enum Missing {
    /** Nothing. */
    SKIP("skip"),
    /** The mean: what is centred to 0 and adds nothing, so that no entry is made either. */
    MEAN("mean"),
    /** A category of its own, which says that the value is missing. */
    INDICATOR("indicator");

    private final String text;

    Missing(String text) {
      this.text = text;
    }

    /** The name used in pipeline files. */
    public String text() {
      return text;
    }

    /** What a name means. */
    public static Missing ofText(String text) {
      for (Missing missing : values()) {
        if (missing.text.equals(text)) {
          return missing;
        }
      }
      throw new IllegalArgumentException("missing must be a known word, got '" + text + "'");
    }
  }

  /**
   * What a learner that scales its inputs does to a number before it learns from it, by statistics
   * of its own. The region of a numeric coordinate says the scale, in a space of 2^bits: {@code
   * coordinate >>> bits}.
   */
  enum Scale {
    /** The number as it is; its coordinate is among the sparse ones. */
    NONE("none", 0),
    /** By the running mean and deviation. */
    STANDARD("standard", 1),
    /** By the running minimum and maximum, to [0, 1]. */
    MIN_MAX("min-max", 2),
    /** By the running median and interquartile range. */
    ROBUST("robust", 3);

    private final String text;
    private final int region;

    Scale(String text, int region) {
      this.text = text;
      this.region = region;
    }

    /** The name used in pipeline files. */
    public String text() {
      return text;
    }

    /** The region of this scale's coordinates. */
    public int region() {
      return region;
    }

    /** The scale of a region's coordinates. */
    public static Scale ofRegion(int region) {
      for (Scale scale : values()) {
        if (scale.region == region) {
          return scale;
        }
      }
      throw new IllegalArgumentException("region must be between 0 and 3, got " + region);
    }

    /** The scale of a name. */
    public static Scale ofText(String text) {
      for (Scale scale : values()) {
        if (scale.text.equals(text)) {
          return scale;
        }
      }
      throw new IllegalArgumentException("scale must be a known one, got '" + text + "'");
    }
  }
}
