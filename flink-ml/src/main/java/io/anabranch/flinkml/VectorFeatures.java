package io.anabranch.flinkml;

import io.anabranch.operators.embed.Features;
import io.anabranch.operators.embed.Mapping;
import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.ml.linalg.SparseVector;
import org.apache.flink.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Flink ML's vectors, dense or sparse, as what is learned from: {@code
 * OnlineLearning.on(stream).features(VectorFeatures.of(point -> point.getFeatures()))}.
 */
@PublicEvolving
public final class VectorFeatures {
  private VectorFeatures() {}

  /** Reads a vector. */
  @PublicEvolving
  @FunctionalInterface
  public interface VectorOf<T> extends Serializable {
    /** The vector, which is not changed; null when the record has none. */
    @Nullable Vector of(T element);
  }

  /**
   * Each position is a coordinate, unscaled, as in Flink ML; positions must be below 2^hashBits.
   */
  public static <T> Features<T> of(VectorOf<T> vector) {
    return Features.positions((element, into) -> read(vector.of(element), into));
  }

  /**
   * The same of vectors that all have one size; a record with a vector of another size is refused.
   *
   * @param size at least 1, at most 2^hashBits
   */
  public static <T> Features<T> of(VectorOf<T> vector, int size) {
    return Features.positions(size, (element, into) -> read(vector.of(element), into));
  }

  private static void read(@Nullable Vector vector, Mapping.Entries into) {
    if (vector == null) {
      return;
    }
    into.size(vector.size());
    if (vector instanceof SparseVector sparse) {
      for (int i = 0; i < sparse.indices.length; i++) {
        into.add(sparse.indices[i], sparse.values[i]);
      }
    } else {
      for (int i = 0; i < vector.size(); i++) {
        into.add(i, vector.get(i));
      }
    }
  }
}
