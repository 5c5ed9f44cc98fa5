package io.anabranch.models.linear;

import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.linear.LogisticRegression.Hyper;

/**
 * The serialized state of every model with one weight for each coordinate, version 2: hash bits,
 * examples; coordinates ascending with their u and their n; the {@link StatisticsFormat statistics}
 * of the inputs. Hyperparameters are the settings' business, not the state's.
 */
final class LinearModelFormat {
  static final int VERSION = 2;

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
    StatisticsFormat.write(state.scaling, out);
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
    StatisticsFormat.read(in, hashBits, state.scaling);
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
      if (coordinate <= before || coordinate >>> hashBits > Scale.ROBUST.region()) {
        throw new CorruptModelException(
            "coordinates must ascend from %d and be < %d, got %d after %d"
                .formatted(least, 4L << hashBits, coordinate, before));
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
}
