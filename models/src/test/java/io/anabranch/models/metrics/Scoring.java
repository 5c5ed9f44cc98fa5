package io.anabranch.models.metrics;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** One thing to be scored. */
interface Scoring {
  Target BINARY = Target.binary("yes");

  /** Scores it. */
  void in(PrequentialSketch sketch);

  static Scoring probability(double probability, boolean positive) {
    return sketch -> {
      Prediction prediction = new Prediction();
      prediction.binary(probability);
      sketch.score(prediction, binaryExample(positive));
    };
  }

  static Scoring decision(boolean predicted, boolean positive) {
    return sketch -> {
      Prediction prediction = new Prediction();
      prediction.decision(predicted);
      sketch.score(prediction, binaryExample(positive));
    };
  }

  static Scoring multiclass(String predicted, String actual) {
    return multiclass(predicted, actual, new String[0]);
  }

  static Scoring multiclass(
      String predicted, String actual, String[] classes, double... probabilities) {
    return sketch -> {
      Prediction prediction = new Prediction();
      prediction.multiclass(predicted);
      for (int i = 0; i < classes.length; i++) {
        prediction.addClass(classes[i], probabilities[i]);
      }
      Example example = new Example();
      example.label(actual, Double.NaN);
      sketch.score(prediction, example);
    };
  }

  static Scoring numeric(double predicted, double actual) {
    return sketch -> {
      Prediction prediction = new Prediction();
      prediction.numeric(predicted);
      Example example = new Example();
      example.label(Double.toString(actual), actual);
      sketch.score(prediction, example);
    };
  }

  private static Example binaryExample(boolean positive) {
    Example example = new Example();
    example.label(positive ? "yes" : "no", positive ? 1 : 0);
    return example;
  }

  static PrequentialSketch sketch(Target target, Iterable<Scoring> scorings) {
    PrequentialSketch sketch = new PrequentialSketch(target);
    scorings.forEach(scoring -> scoring.in(sketch));
    return sketch;
  }

  static byte[] bytes(PrequentialSketch sketch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      sketch.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  static PrequentialSketch read(byte[] bytes) throws IOException {
    return PrequentialSketch.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
