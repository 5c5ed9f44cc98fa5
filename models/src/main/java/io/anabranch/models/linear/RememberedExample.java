package io.anabranch.models.linear;

import io.anabranch.models.data.FeatureVector;
import java.util.Arrays;

/**
 * An example as it came: its numbers are scaled by what the model knows when it learns from it
 * again.
 */
final class RememberedExample {
  final int[] coordinates;
  final float[] values;
  final int numeric;
  final int label;
  final float weight;

  RememberedExample(int[] coordinates, float[] values, int numeric, int label, float weight) {
    this.coordinates = coordinates;
    this.values = values;
    this.numeric = numeric;
    this.label = label;
    this.weight = weight;
  }

  static RememberedExample of(FeatureVector features, int label, float weight) {
    return new RememberedExample(
        Arrays.copyOf(features.coordinates(), features.size()),
        Arrays.copyOf(features.values(), features.size()),
        features.numericCount(),
        label,
        weight);
  }

  void fill(FeatureVector into) {
    into.clear();
    for (int i = 0; i < coordinates.length; i++) {
      if (i < numeric) {
        into.addNumeric(coordinates[i], values[i]);
      } else {
        into.addSparse(coordinates[i], values[i]);
      }
    }
  }

  /** What it takes of the room for rehearsal; one without features takes some too. */
  int entries() {
    return 1 + coordinates.length;
  }
}
