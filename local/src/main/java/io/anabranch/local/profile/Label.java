package io.anabranch.local.profile;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.TargetType;

/**
 * The label of one record.
 *
 * @param known whether there is one
 * @param text the class, or the number's text
 * @param number binary: 1 or 0; numeric: the number; else NaN
 */
record Label(TargetType type, boolean known, String text, double number) {

  /** Binary classes by what they are to the learners: everything but the positive one is alike. */
  static Label of(TargetType type, Example example) {
    String text =
        type == TargetType.BINARY
            ? (example.target() == 1 ? "positive" : "negative")
            : example.label();
    return new Label(type, example.labelled() && type != TargetType.NONE, text, example.target());
  }

  boolean nominal() {
    return known && type != TargetType.NUMERIC;
  }
}
