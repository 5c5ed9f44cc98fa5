package io.anabranch.models.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;

/** How often the predicted class was the true one, and how much of that is no merit. */
final class Agreement {
  private final ClassCounts classes = new ClassCounts();
  private long scored;
  private long correct;
  // Over the examples that have one before them in the same sequence.
  private long followed;
  private long followedCorrect;
  private long repeated;
  // Not content: it outlives clear(), so that a sequence shipped in chunks stays one sequence.
  private boolean hasPrevious;
  private long previous;

  void score(long predicted, long actual, boolean right) {
    scored++;
    classes.add(predicted, 1, 0);
    classes.add(actual, 0, 1);
    if (right) {
      correct++;
    }
    if (hasPrevious) {
      followed++;
      followedCorrect += right ? 1 : 0;
      repeated += actual == previous ? 1 : 0;
    }
    hasPrevious = true;
    previous = actual;
  }

  void merge(Agreement other) {
    classes.merge(other.classes);
    scored += other.scored;
    correct += other.correct;
    followed += other.followed;
    followedCorrect += other.followedCorrect;
    repeated += other.repeated;
  }

  void clear() {
    classes.clear();
    scored = 0;
    correct = 0;
    followed = 0;
    followedCorrect = 0;
    repeated = 0;
  }

  /** Adds accuracy, kappa and kappaTemporal; a kappa against perfect chance is undefined. */
  void figures(SortedMap<String, Double> into) {
    if (scored == 0) {
      return;
    }
    double accuracy = (double) correct / scored;
    into.put("accuracy", accuracy);
    Figures.put("kappa", above(accuracy, classes.chanceAgreement(scored)), into);
    if (followed > 0) {
      double followedAccuracy = (double) followedCorrect / followed;
      Figures.put("kappaTemporal", above(followedAccuracy, (double) repeated / followed), into);
    }
  }

  private static double above(double accuracy, double reference) {
    return reference < 1 ? (accuracy - reference) / (1 - reference) : Double.NaN;
  }

  void write(DataOutput out) throws IOException {
    Varint.write(scored, out);
    Varint.write(correct, out);
    Varint.write(followed, out);
    Varint.write(followedCorrect, out);
    Varint.write(repeated, out);
    classes.write(out);
  }

  void read(DataInput in) throws IOException {
    scored = Varint.read(in);
    correct = Varint.read(in);
    followed = Varint.read(in);
    followedCorrect = Varint.read(in);
    repeated = Varint.read(in);
    classes.read(in);
  }
}
