package org.apache.flink.iteration.operator;

import java.util.Iterator;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;

/** Reads states that hold one element or none. */
public class OperatorStateUtils {
  private OperatorStateUtils() {}

  /** The element of a state, if it has any. */
  public static <T> Optional<T> getUniqueElement(ListState<T> state, String name) throws Exception {
    Iterator<T> elements = state.get().iterator();
    if (!elements.hasNext()) {
      return Optional.empty();
    }
    T element = elements.next();
    if (elements.hasNext()) {
      throw new IllegalStateException("state '" + name + "' must have one element, got more");
    }
    return Optional.of(element);
  }
}
