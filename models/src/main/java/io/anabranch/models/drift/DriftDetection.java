package io.anabranch.models.drift;

import io.anabranch.models.data.TargetType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which detector watches, under its name in pipeline files. */
public enum DriftDetection {
  /** Nobody. */
  NONE("none"),
  /** {@link Adwin}. */
  ADWIN("adwin"),
  /** {@link Ddm}. */
  DDM("ddm"),
  /** {@link PageHinkley}. */
  PAGE_HINKLEY("page-hinkley");

  private final String text;

  DriftDetection(String text) {
    this.text = text;
  }

  /** The name in pipeline files. */
  public String text() {
    return text;
  }

  /** The one of that name. */
  public static Optional<DriftDetection> named(String text) {
    return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
  }

  /** Why predictions of such a target cannot be watched; empty if they can. */
  public Optional<String> refusal(TargetType target) {
    return switch (this) {
      case NONE -> Optional.empty();
      case DDM ->
          target == TargetType.BINARY || target == TargetType.MULTICLASS
              ? Optional.empty()
              : Optional.of(
                  "ddm counts wrong classes, so target.type must be binary or multiclass, got "
                      + target.name().toLowerCase(Locale.ROOT));
      case ADWIN, PAGE_HINKLEY ->
          target == TargetType.NONE
              ? Optional.of(text + " watches errors, so target.type must not be none, got none")
              : Optional.empty();
    };
  }

  /** A detector that has seen nothing. */
  DriftDetector fresh() {
    return switch (this) {
      case NONE -> throw new IllegalStateException("no detector was chosen, so there is none");
      case ADWIN -> new Adwin();
      case DDM -> new Ddm();
      case PAGE_HINKLEY -> new PageHinkley();
    };
  }
}
