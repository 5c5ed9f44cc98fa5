package io.anabranch.operators.embed;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What of a record is learned from. There are three ways to say it:
 *
 * <pre>
 * Features.mapping(Visit.class)                            any type, read by lambdas
 *     .number("seconds", visit -&gt; visit.seconds)
 *     .category("page", visit -&gt; visit.page)
 *
 * Features.fields("seconds", "page")                       a POJO or Row, by the names of its fields
 *
 * Features.positions((reading, into) -&gt; …)                 a vector whose positions are the coordinates
 * </pre>
 *
 * @param <T> the records of the stream
 */
@PublicEvolving
public abstract sealed class Features<T> implements Serializable
    permits FeatureMap, FieldFeatures, PositionFeatures {
  private static final long serialVersionUID = 1;

  /** The size of vectors whose positions need only be below 2^hashBits. */
  static final int ANY_SIZE = 0;

  Features() {}

  /** Begins a mapping of named features, read by lambdas. */
  public static <T> FeatureMap<T> mapping(Class<T> type) {
    return new FeatureMap<>(type);
  }

  /**
   * Takes fields by their names, each by the kind of value that it holds: a number is standardised,
   * a text, an enum or a boolean is a category, an array of numbers a vector, a map to numbers a
   * sparse vector; null is missing.
   *
   * @param names public fields, or fields with a getter, of a POJO; or names of a {@link
   *     org.apache.flink.types.Row}'s fields
   */
  public static <T> Features<T> fields(String... names) {
    return new FieldFeatures<>(List.of(names));
  }

  /**
   * Takes the positions of a vector as they are: nothing is hashed, so that no two positions meet
   * in one weight, and nothing is scaled. Positions must be below 2^hashBits ({@link
   * OnlineLearning#hashBits}). Zeros need not be handed over.
   */
  public static <T> Features<T> positions(Mapping.Vector<T> vector) {
    return new PositionFeatures<>(ANY_SIZE, vector);
  }

  /**
   * Takes the positions of vectors that all have one size, as {@link #positions(Mapping.Vector)}
   * does. A record whose vector has a position beyond it, or that says that it has another size
   * ({@link Mapping.Entries#size}), is refused.
   *
   * @param size at least 1, at most 2^hashBits
   */
  public static <T> Features<T> positions(int size, Mapping.Vector<T> vector) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be >= 1, got " + size);
    }
    return new PositionFeatures<>(size, vector);
  }

  /** The fields that must be there. */
  List<String> fields() {
    return List.of();
  }

  /** Makes what writes the features, for one subtask. */
  abstract FeatureWriter<T> writer(FieldReader<T> fields, int hashBits, boolean grouped);
}
