package io.anabranch.models.linear;

import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;
import java.util.List;

/**
 * The serialized state of a softmax regression, version 2: hash bits, examples; the classes by
 * number; coordinates ascending with u and n of each class in turn; the {@link StatisticsFormat
 * statistics} of the inputs; the examples remembered for rehearsal, oldest first.
 */
final class MulticlassFormat {
  static final int VERSION = 2;

  private MulticlassFormat() {}

  static byte[] write(SoftmaxRegression model) {
    ModelWriter out = new ModelWriter(SoftmaxRegressionProvider.TYPE, VERSION);
    write(out, model.state(), model.rehearsal(), model.examples());
    return out.finish();
  }

  /** Writes what every model of weights by class has. */
  static void write(ModelWriter out, MulticlassState state, Rehearsal rehearsal, long examples) {
    out.writeInt(state.hashBits);
    out.writeLong(examples);
    List<String> classes = state.classes();
    out.writeInt(classes.size());
    classes.forEach(out::writeString);
    int[] coordinates = state.weights.coordinates();
    out.writeInts(coordinates, 0, coordinates.length);
    float[] pairs = new float[coordinates.length * 2 * classes.size()];
    for (int i = 0; i < coordinates.length; i++) {
      int row = state.weights.find(coordinates[i]);
      int length = 2 * classes.size();
      System.arraycopy(state.weights.pairs(), row, pairs, i * length, length);
    }
    out.writeFloats(pairs, 0, pairs.length);
    StatisticsFormat.write(state.scaling, out);
    List<RememberedExample> remembered = rehearsal.latest();
    out.writeInt(remembered.size());
    for (RememberedExample example : remembered) {
      out.writeInts(example.coordinates, 0, example.coordinates.length);
      out.writeFloats(example.values, 0, example.values.length);
      out.writeInt(example.numeric);
      out.writeInt(example.label);
      out.writeFloat(example.weight);
    }
  }

  static SoftmaxRegression read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = ModelReader.open(bytes, SoftmaxRegressionProvider.TYPE, VERSION);
    MulticlassState state =
        new MulticlassState(settings.hashBits(), SoftmaxRegression.hyper(settings));
    Stored stored = read(in, state, bytes.length / Integer.BYTES, settings.target().classes());
    in.end();
    return new SoftmaxRegression(state, stored.rehearsal, stored.examples);
  }

  /** What was stored beside the state. */
  record Stored(Rehearsal rehearsal, long examples) {}

  /** Reads what {@link #write(ModelWriter, MulticlassState, Rehearsal, long)} wrote. */
  static Stored read(
      ModelReader in, MulticlassState state, int mostClasses, List<String> declared) {
    LinearModelFormat.requireHashBits(in.readInt(), state.hashBits);
    long examples = LinearModelFormat.readExamples(in);
    readClasses(in, state, mostClasses, declared);
    readWeights(in, state);
    StatisticsFormat.read(in, state.hashBits, state.scaling);
    return new Stored(readRehearsal(in, state), examples);
  }

  private static void readClasses(
      ModelReader in, MulticlassState state, int most, List<String> declared) {
    int count = requireBetween("classes", in.readInt(), 0, most);
    for (int k = 0; k < count; k++) {
      String name = in.readString();
      if (state.number(name) != k) {
        throw new CorruptModelException("classes must differ, got '" + name + "' twice");
      }
    }
    // A class that was declared since then joins.
    declared.forEach(state::number);
  }

  private static void readWeights(ModelReader in, MulticlassState state) {
    int[] coordinates = LinearModelFormat.readCoordinates(in, 0, state.hashBits);
    float[] pairs = in.readFloats();
    int length = coordinates.length == 0 ? 0 : pairs.length / coordinates.length;
    if (pairs.length != coordinates.length * length
        || length % 2 != 0
        || length > 2 * state.classes().size()) {
      throw new CorruptModelException(
          "u and n must be two numbers for each class of %d coordinates, got %d numbers"
              .formatted(coordinates.length, pairs.length));
    }
    for (int i = 0; i < pairs.length; i++) {
      boolean valid = Float.isFinite(pairs[i]) && (i % 2 == 0 || pairs[i] >= 0);
      if (!valid) {
        throw new CorruptModelException("u must be finite and n finite and >= 0, got " + pairs[i]);
      }
    }
    state.weights.reserve(coordinates.length);
    for (int i = 0; i < coordinates.length; i++) {
      int row = state.weights.touch(coordinates[i]);
      System.arraycopy(pairs, i * length, state.weights.pairs(), row, length);
    }
  }

  private static Rehearsal readRehearsal(ModelReader in, MulticlassState state) {
    Rehearsal rehearsal = new Rehearsal();
    int count = requireBetween("remembered examples", in.readInt(), 0, Rehearsal.MOST_ENTRIES);
    for (int i = 0; i < count; i++) {
      int[] coordinates = in.readInts();
      float[] values = new float[coordinates.length];
      in.readFloats(values, 0, values.length);
      int numeric = requireBetween("numeric entries", in.readInt(), 0, values.length);
      int label = requireBetween("label", in.readInt(), 0, state.classes().size() - 1);
      float weight = in.readFloat();
      requireRemembered(coordinates, values, weight, state.hashBits);
      rehearsal.add(new RememberedExample(coordinates, values, numeric, label, weight));
    }
    return rehearsal;
  }

  private static void requireRemembered(
      int[] coordinates, float[] values, float weight, int hashBits) {
    boolean valid = weight >= 0 && weight <= Float.MAX_VALUE;
    for (int i = 0; i < values.length; i++) {
      valid &= coordinates[i] >= 0 && coordinates[i] >>> hashBits <= Scale.ROBUST.region();
      valid &= Float.isFinite(values[i]);
    }
    if (!valid) {
      throw new CorruptModelException(
          "remembered examples must have coordinates < %d, finite values and a weight >= 0"
              .formatted(4L << hashBits));
    }
  }

  private static int requireBetween(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new CorruptModelException(
          "%s must be between %d and %d, got %d".formatted(name, least, most, value));
    }
    return value;
  }
}
