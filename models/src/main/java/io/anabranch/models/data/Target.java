package io.anabranch.models.data;

import java.io.Serializable;
import java.util.List;

/**
 * The target of a pipeline, resolved.
 *
 * @param type the kind of value
 * @param positive the text of the positive class; empty unless {@code type} is {@link
 *     TargetType#BINARY}
 * @param classes the declared classes of a multiclass target; empty when new classes may join
 */
public record Target(TargetType type, String positive, List<String> classes)
    implements Serializable {

  /** Checks that the positive class is named exactly when the target is binary. */
  public Target {
    if ((type == TargetType.BINARY) == positive.isEmpty()) {
      throw new IllegalArgumentException(
          "positive must be given for a binary target and only there, got '"
              + positive
              + "' for "
              + type);
    }
    classes = List.copyOf(classes);
  }

  /** A binary target whose positive class is {@code positive}; all else is the negative class. */
  public static Target binary(String positive) {
    return new Target(TargetType.BINARY, positive, List.of());
  }

  /** A multiclass target that new classes may join. */
  public static Target multiclass() {
    return new Target(TargetType.MULTICLASS, "", List.of());
  }

  /** A numeric target. */
  public static Target numeric() {
    return new Target(TargetType.NUMERIC, "", List.of());
  }
}
