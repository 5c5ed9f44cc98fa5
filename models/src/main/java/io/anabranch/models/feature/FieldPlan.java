package io.anabranch.models.feature;

import java.util.Arrays;

/** What one field of a record becomes. Made and cached by {@link RecordEncoder#field}. */
public final class FieldPlan {

  /** What is expected of a field's values. */
  public enum Kind {
    /** Nothing: the field is no feature, skip its value. */
    IGNORED("anything"),
    /** Whatever arrives: the value's type decides. */
    AUTO("anything"),
    /** A number. */
    NUMERIC("a number"),
    /** A text, boolean or number. */
    CATEGORICAL("a text, boolean or number"),
    /** An object of name to number. */
    MAP("an object of numbers"),
    /** An array of numbers. */
    VECTOR("an array of numbers");

    private final String rule;

    Kind(String rule) {
      this.rule = rule;
    }
  }

  private static final int MOST_REMEMBERED = 1 << 16;

  private final String field;
  private final Kind kind;
  private final boolean standardised;
  private final FeatureHash hash;
  private int[] positions = new int[0];

  FieldPlan(String field, Kind kind, boolean standardised, int bits, int categoricalBits) {
    this.field = field;
    this.kind = kind;
    this.standardised = standardised;
    this.hash = new FeatureHash(field, bits, categoricalBits);
  }

  /** The field's name. */
  public String field() {
    return field;
  }

  /** What is expected. */
  public Kind kind() {
    return kind;
  }

  /** Whether the field is no feature, so that its value can be skipped. */
  public boolean ignored() {
    return kind == Kind.IGNORED;
  }

  boolean takes(Kind value) {
    return kind == value || kind == Kind.AUTO;
  }

  boolean standardised() {
    return standardised;
  }

  FeatureHash hash() {
    return hash;
  }

  FeatureException mismatch(String found) {
    return new FeatureException(field, kind.rule, found);
  }

  /** The coordinate of a vector's position; hashed once, then remembered up to a bound. */
  int position(int position) {
    if (position >= MOST_REMEMBERED) {
      return hash.position(position, standardised);
    }
    if (position >= positions.length) {
      int known = positions.length;
      positions = Arrays.copyOf(positions, Math.max(2 * known, position + 1));
      for (int i = known; i < positions.length; i++) {
        positions[i] = hash.position(i, standardised);
      }
    }
    return positions[position];
  }
}
