package io.anabranch.operators.embed;

import java.io.Serializable;
import java.util.Map;
import org.apache.flink.annotation.Public;
import org.jspecify.annotations.Nullable;

/**
 * How to read one thing from a record of the stream. All of these are meant to be written as
 * lambdas; they travel to the cluster, so what they refer to must be {@link Serializable}. What
 * they throw fails the job.
 */
@Public
public final class Mapping {
  private Mapping() {}

  /** Reads a text. */
  @Public
  @FunctionalInterface
  public interface Text<T> extends Serializable {
    /** The text; null when the record has none. */
    @Nullable String of(T element);
  }

  /** Reads a number. */
  @Public
  @FunctionalInterface
  public interface Numeric<T> extends Serializable {
    /** The number; NaN when the record has none. */
    double of(T element);
  }

  /** Reads yes or no. */
  @Public
  @FunctionalInterface
  public interface Flag<T> extends Serializable {
    /** Yes or no; null when the record does not say. */
    @Nullable Boolean of(T element);
  }

  /** Reads a time. */
  @Public
  @FunctionalInterface
  public interface Time<T> extends Serializable {
    /** Epoch milliseconds. */
    long of(T element);
  }

  /** Reads numbers that stand in a row. */
  @Public
  @FunctionalInterface
  public interface Numbers<T> extends Serializable {
    /** The numbers, which are not changed; null when the record has none. */
    double @Nullable [] of(T element);
  }

  /** Reads numbers that have names. */
  @Public
  @FunctionalInterface
  public interface NamedNumbers<T> extends Serializable {
    /** The numbers by name, which are not changed; null when the record has none. */
    @Nullable Map<String, ? extends Number> of(T element);
  }

  /** Reads a vector, dense or sparse. */
  @Public
  @FunctionalInterface
  public interface Vector<T> extends Serializable {
    /** Hands over each entry that is to be learned from, at most once. */
    void read(T element, Entries into);
  }

  /** Takes the entries of a vector. */
  @Public
  @FunctionalInterface
  public interface Entries {
    /** The value at a position, counted from 0. */
    void add(int position, double value);

    /**
     * How many positions the vector has, if it knows. A record is refused when that is not what
     * {@link Features#positions(int, Vector)} was given.
     */
    default void size(int positions) {}
  }
}
