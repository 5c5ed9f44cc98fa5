package io.anabranch.models.linear;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a linear model of several classes holds, and its margins: one for each class. */
final class MulticlassState {
  final int hashBits;
  final ClassWeights weights = new ClassWeights();
  final InputScaling scaling;
  final FtrlStep dense;
  final FtrlStep sparse;
  private final int bias;
  private final List<String> classes = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Where the rows of the gathered example begin; the intercept's is the last. */
  int[] rows = new int[0];

  /** The gathered inputs, scaled. */
  float[] inputs = new float[0];

  /** The margins computed last. */
  double[] margins = new double[0];

  MulticlassState(int hashBits, Hyper hyper) {
    this.hashBits = hashBits;
    scaling = new InputScaling(hashBits);
    bias = FeatureVector.bias(hashBits);
    dense = new FtrlStep(hyper.denseAlpha(), hyper);
    sparse = new FtrlStep(hyper.sparseAlpha(), hyper);
  }

  /** An untrained state that knows the classes that were declared. */
  static MulticlassState of(LearnerSettings settings, Hyper hyper) {
    MulticlassState state = new MulticlassState(settings.hashBits(), hyper);
    state.knowAll(settings.target().classes());
    return state;
  }

  /** The classes in the order of their numbers. */
  List<String> classes() {
    return classes;
  }

  /** Makes classes known that no example had yet. */
  void knowAll(List<String> names) {
    names.forEach(this::number);
  }

  /** The number of a class, which joins when it is new. */
  int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    classes.add(name);
    numbers.put(name, classes.size() - 1);
    weights.widen(classes.size());
    margins = new double[classes.size()];
    return classes.size() - 1;
  }

  /** Computes the margins of all classes, without a change to the model. */
  void predict(FeatureVector features) {
    int numeric = features.numericCount();
    int[] coordinates = features.coordinates();
    float[] values = features.values();
    clearMargins();
    for (int i = 0; i < features.size(); i++) {
      int row = weights.find(coordinates[i]);
      if (row >= 0 && i < numeric) {
        add(row, scaling.preview(coordinates[i], values[i]), dense);
      } else if (row >= 0) {
        add(row, values[i], sparse);
      }
    }
    int row = weights.find(bias);
    if (row >= 0) {
      add(row, 1, dense);
    }
  }

  /** Gathers the rows and inputs of an example whose numbers are counted, and its margins. */
  void gather(FeatureVector features) {
    int size = features.size();
    int numeric = features.numericCount();
    if (rows.length <= size) {
      rows = new int[2 * size + 1];
      inputs = new float[2 * size + 1];
    }
    weights.reserve(size + 1);
    clearMargins();
    for (int i = 0; i < size; i++) {
      int coordinate = features.coordinates()[i];
      float value = features.values()[i];
      rows[i] = weights.touch(coordinate);
      inputs[i] = i < numeric ? scaling.scale(coordinate, value) : value;
      add(rows[i], inputs[i], i < numeric ? dense : sparse);
    }
    rows[size] = weights.touch(bias);
    inputs[size] = 1;
    add(rows[size], 1, dense);
  }

  /** The coordinate of a gathered row; the intercept's comes last. */
  int coordinate(FeatureVector features, int i) {
    return i == features.size() ? bias : features.coordinates()[i];
  }

  private void clearMargins() {
    Arrays.fill(margins, 0);
  }

  private void add(int row, float input, FtrlStep step) {
    float[] pairs = weights.pairs();
    for (int k = 0; k < margins.length; k++) {
      int at = row + 2 * k;
      margins[k] += (double) step.weight(pairs[at], pairs[at + 1]) * input;
    }
  }
}
