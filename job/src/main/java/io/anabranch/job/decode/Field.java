package io.anabranch.job.decode;

import io.anabranch.models.feature.FieldPlan;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field of the records, top-level or by its path: what it is used for. */
final class Field {
  private static final Map<String, Field> NOTHING = Map.of();

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

  /** The fields inside of this one that are used for something of their own, by name. */
  private Map<String, Field> inside = NOTHING;

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

  /** Whether there are fields inside of this one that are used for something of their own. */
  boolean leads() {
    return !inside.isEmpty();
  }

  /** The field of a name inside of this one; null when it is nothing of its own. */
  @Nullable Field inside(String name) {
    return inside.get(name);
  }

  void contains(String name, Field field) {
    if (!leads()) {
      inside = new HashMap<>();
    }
    inside.put(name, field);
  }
}
