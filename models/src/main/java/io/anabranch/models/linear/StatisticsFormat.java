package io.anabranch.models.linear;

import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;

/**
 * The serialized statistics of a model's inputs: numeric coordinates ascending with count, mean and
 * M2, or count, minimum and maximum, of each; those that are scaled robustly ascending with the
 * quartiles of each, which states of version 1 had not.
 */
final class StatisticsFormat {

  private StatisticsFormat() {}

  static void write(InputScaling scaling, ModelWriter out) {
    write(scaling.mergeable(), out);
    write(scaling.quartiles(), out);
  }

  private static void write(StatisticTable table, ModelWriter out) {
    int[] coordinates = table.coordinates();
    double[] values = table.of(coordinates);
    out.writeInts(coordinates, 0, coordinates.length);
    out.writeDoubles(values, 0, values.length);
  }

  static void read(ModelReader in, int hashBits, InputScaling into) {
    read(in, Scale.STANDARD, hashBits, into.mergeable());
    if (in.stateVersion() > 1) {
      read(in, Scale.ROBUST, hashBits, into.quartiles());
    }
  }

  private static void read(ModelReader in, Scale least, int hashBits, StatisticTable into) {
    int[] coordinates = LinearModelFormat.readCoordinates(in, least.region() << hashBits, hashBits);
    double[] values = new double[coordinates.length * into.width()];
    in.readDoubles(values, 0, values.length);
    for (int i = 0; i < coordinates.length; i++) {
      require(coordinates[i], hashBits, values, i * into.width());
      into.set(coordinates[i], values, i * into.width());
    }
  }

  private static void require(int coordinate, int hashBits, double[] values, int at) {
    switch (Scale.ofRegion(coordinate >>> hashBits)) {
      case STANDARD ->
          require(
              "moments must be count >= 1, mean, M2 >= 0, all finite", values, at, values[at + 2]);
      case MIN_MAX ->
          require(
              "a range must be count >= 1, minimum, maximum >= it, all finite",
              values,
              at,
              values[at + 2] - values[at + 1]);
      case ROBUST -> {
        if (!Quartiles.valid(values, at)) {
          throw new CorruptModelException(
              "quartiles must be finite heights and whole positions, both ascending, at coordinate "
                  + coordinate);
        }
      }
      case NONE -> throw new IllegalArgumentException("no statistics of " + coordinate);
    }
  }

  private static void require(String rule, double[] values, int at, double notNegative) {
    boolean valid = values[at] >= 1 && notNegative >= 0;
    for (int i = at; i < at + InputScaling.WIDTH; i++) {
      valid &= Double.isFinite(values[i]);
    }
    if (!valid) {
      throw new CorruptModelException(
          "%s, got %s, %s, %s".formatted(rule, values[at], values[at + 1], values[at + 2]));
    }
  }
}
