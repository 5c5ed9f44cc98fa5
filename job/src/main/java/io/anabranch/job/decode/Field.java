package io.anabranch.job.decode;

import io.anabranch.models.feature.FieldPlan;

/** A top-level field of the records: what it is used for. */
final class Field {
  final String name;

  /** The feature that the field is, if it is one. */
  final FieldPlan feature;

  boolean target;
  boolean id;
  boolean key;
  boolean time;
  boolean weight;

  /** The position among the extra key fields, or -1. */
  int extraKey = -1;

  /** The number of the record that had this field last: tells a field that is there twice. */
  long lastRecord = -1;

  Field(String name, FieldPlan feature) {
    this.name = name;
    this.feature = feature;
  }

  /** Whether the field has a role for which it must be a single value. */
  boolean hasRole() {
    return target || id || key || time || weight || extraKey >= 0;
  }

  /** Whether nothing is done with the field. */
  boolean ignored() {
    return feature.ignored() && !hasRole();
  }
}
