package io.anabranch.operators.embed;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Public;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, and why. A POJO, as Flink wants it, so that any type of record
 * travels in it.
 *
 * @param <T> the records of the stream
 */
@Public
public final class Refused<T> {
  /** The record as it came. */
  public @Nullable T element;

  /** What rule it broke, and with what value. */
  public String reason = "";

  /** For Flink. */
  public Refused() {}

  Refused(T element, String reason) {
    this.element = element;
    this.reason = reason;
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments
  static <T> TypeInformation<Refused<T>> type(TypeInformation<T> element) {
    return Types.POJO(
        (Class<Refused<T>>) (Class<?>) Refused.class,
        Map.of("element", element, "reason", Types.STRING));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Refused<?> that
        && Objects.equals(element, that.element)
        && reason.equals(that.reason);
  }

  @Override
  public int hashCode() {
    return Objects.hash(element, reason);
  }

  @Override
  public String toString() {
    return element + ": " + reason;
  }
}
