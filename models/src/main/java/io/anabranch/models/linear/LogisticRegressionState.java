package io.anabranch.models.linear;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LogisticRegression.Hyper;

/**
 * The serialized state, version 1: hash bits, examples; coordinates ascending with their u and
 * their n; numeric coordinates ascending with count, mean and M2 of each. Hyperparameters are the
 * settings' business, not the state's.
 */
final class LogisticRegressionState {
  static final int VERSION = 1;

  private LogisticRegressionState() {}

  static byte[] write(Learner learner) {
    if (learner instanceof LogisticRegression model) {
      return write(model.state(), model.examples());
    }
    if (learner instanceof SharedLogisticRegression replica) {
      return write(replica.state(), replica.examples());
    }
    throw new IllegalArgumentException(
        "learner must be a logistic regression, got " + learner.getClass().getName());
  }

  private static byte[] write(LinearState state, long examples) {
    ModelWriter out = new ModelWriter(LogisticRegressionProvider.TYPE, VERSION);
    out.writeInt(state.hashBits);
    out.writeLong(examples);
    int[] coordinates = state.weights.coordinates();
    out.writeInts(coordinates, 0, coordinates.length);
    out.writeFloats(state.floats(coordinates, CoordinateTable.U), 0, coordinates.length);
    out.writeFloats(state.floats(coordinates, CoordinateTable.N), 0, coordinates.length);
    int[] numeric = state.moments.coordinates();
    out.writeInts(numeric, 0, numeric.length);
    out.writeDoubles(state.momentsOf(numeric), 0, numeric.length * MomentTable.WIDTH);
    return out.finish();
  }

  static LogisticRegression read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = ModelReader.open(bytes, LogisticRegressionProvider.TYPE, VERSION);
    int hashBits = in.readInt();
    if (hashBits != settings.hashBits()) {
      throw new CorruptModelException(
          "hashBits must be %d as in the settings, got %d: the model has other coordinates"
              .formatted(settings.hashBits(), hashBits));
    }
    long examples = in.readLong();
    if (examples < 0) {
      throw new CorruptModelException("examples must be >= 0, got " + examples);
    }
    int[] coordinates = in.readInts();
    requireAscending(coordinates, 0, hashBits);
    float[] u = new float[coordinates.length];
    float[] n = new float[coordinates.length];
    in.readFloats(u, 0, u.length);
    in.readFloats(n, 0, n.length);
    int[] numeric = in.readInts();
    requireAscending(numeric, 1 << hashBits, hashBits);
    double[] moments = new double[numeric.length * MomentTable.WIDTH];
    in.readDoubles(moments, 0, moments.length);
    in.end();
    requireNumbers(u, n);
    requireMoments(moments);
    LinearState state = new LinearState(hashBits, Hyper.of(settings));
    state.restore(coordinates, u, n);
    for (int i = 0; i < numeric.length; i++) {
      state.moments.set(numeric[i], moments, i * MomentTable.WIDTH);
    }
    return new LogisticRegression(state, examples);
  }

  private static void requireAscending(int[] coordinates, int least, int hashBits) {
    int before = least - 1;
    for (int coordinate : coordinates) {
      if (coordinate <= before || coordinate >>> hashBits > 1) {
        throw new CorruptModelException(
            "coordinates must ascend from %d and be < %d, got %d after %d"
                .formatted(least, 2L << hashBits, coordinate, before));
      }
      before = coordinate;
    }
  }

  private static void requireNumbers(float[] u, float[] n) {
    for (int i = 0; i < u.length; i++) {
      if (!Float.isFinite(u[i]) || !(n[i] >= 0 && n[i] <= Float.MAX_VALUE)) {
        throw new CorruptModelException(
            "u must be finite and n finite and >= 0, got %s and %s".formatted(u[i], n[i]));
      }
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
