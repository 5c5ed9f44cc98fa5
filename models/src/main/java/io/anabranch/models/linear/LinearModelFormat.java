package io.anabranch.models.linear;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.linear.LogisticRegression.Hyper;

/**
 * The serialized state of every model with one weight for each coordinate, version 1: hash bits,
 * examples; coordinates ascending with their u and their n; numeric coordinates ascending with
 * count, mean and M2 of each. Hyperparameters are the settings' business, not the state's.
 */
final class LinearModelFormat {
  static final int VERSION = 1;

  private LinearModelFormat() {}

  /** What was stored. */
  record Stored(LinearState state, long examples) {}

  static byte[] write(String type, LinearState state, long examples) {
    ModelWriter out = new ModelWriter(type, VERSION);
    out.writeInt(state.hashBits);
    out.writeLong(examples);
    int[] coordinates = state.weights.coordinates();
    out.writeInts(coordinates, 0, coordinates.length);
    out.writeFloats(state.floats(coordinates, CoordinateTable.U), 0, coordinates.length);
    out.writeFloats(state.floats(coordinates, CoordinateTable.N), 0, coordinates.length);
    writeMoments(state.moments, out);
    return out.finish();
  }

  static Stored read(String type, byte[] bytes, int hashBits, Hyper steps) {
    ModelReader in = ModelReader.open(bytes, type, VERSION);
    requireHashBits(in.readInt(), hashBits);
    long examples = readExamples(in);
    int[] coordinates = readCoordinates(in, 0, hashBits);
    float[] u = new float[coordinates.length];
    float[] n = new float[coordinates.length];
    in.readFloats(u, 0, u.length);
    in.readFloats(n, 0, n.length);
    LinearState state = new LinearState(hashBits, steps);
    readMoments(in, hashBits, state.moments);
    in.end();
    requireNumbers(u, n);
    state.restore(coordinates, u, n);
    return new Stored(state, examples);
  }

  static void requireHashBits(int stored, int expected) {
    if (stored != expected) {
      throw new CorruptModelException(
          "hashBits must be %d as in the settings, got %d: the model has other coordinates"
              .formatted(expected, stored));
    }
  }

  static long readExamples(ModelReader in) {
    long examples = in.readLong();
    if (examples < 0) {
      throw new CorruptModelException("examples must be >= 0, got " + examples);
    }
    return examples;
  }

  static int[] readCoordinates(ModelReader in, int least, int hashBits) {
    int[] coordinates = in.readInts();
    int before = least - 1;
    for (int coordinate : coordinates) {
      if (coordinate <= before || coordinate >>> hashBits > 1) {
        throw new CorruptModelException(
            "coordinates must ascend from %d and be < %d, got %d after %d"
                .formatted(least, 2L << hashBits, coordinate, before));
      }
      before = coordinate;
    }
    return coordinates;
  }

  static void requireNumbers(float[] u, float[] n) {
    for (int i = 0; i < u.length; i++) {
      if (!Float.isFinite(u[i]) || !(n[i] >= 0 && n[i] <= Float.MAX_VALUE)) {
        throw new CorruptModelException(
            "u must be finite and n finite and >= 0, got %s and %s".formatted(u[i], n[i]));
      }
    }
  }

  static void writeMoments(MomentTable moments, ModelWriter out) {
    int[] numeric = moments.coordinates();
    out.writeInts(numeric, 0, numeric.length);
    out.writeDoubles(moments.of(numeric), 0, numeric.length * MomentTable.WIDTH);
  }

  static void readMoments(ModelReader in, int hashBits, MomentTable into) {
    int[] numeric = readCoordinates(in, 1 << hashBits, hashBits);
    double[] moments = new double[numeric.length * MomentTable.WIDTH];
    in.readDoubles(moments, 0, moments.length);
    requireMoments(moments);
    for (int i = 0; i < numeric.length; i++) {
      into.set(numeric[i], moments, i * MomentTable.WIDTH);
    }
  }

  private static void requireMoments(double[] moments) {
    for (int i = 0; i < moments.length; i += MomentTable.WIDTH) {
      boolean valid = moments[i] >= 1 && Double.isFinite(moments[i + 1]) && moments[i + 2] >= 0;
      if (!valid || !Double.isFinite(moments[i]) || !Double.isFinite(moments[i + 2])) {
        throw new CorruptModelException(
            "moments must be count >= 1, mean, M2 >= 0, all finite, got %s, %s, %s"
                .formatted(moments[i], moments[i + 1], moments[i + 2]));
      }
    }
  }
}
