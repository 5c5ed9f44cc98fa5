package io.anabranch.models.metrics;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Test-then-train figures in constant memory. Sketches of the same target merge, in any order, to
 * what one sketch of all would say; sums of floating point to rounding, all else exactly. To be
 * scored is the prediction that was emitted before its label was learned; example weights do not
 * count.
 *
 * <table>
 * <caption>Figures, by target</caption>
 * <tr><td>accuracy</td><td>binary, multiclass</td><td>share of right classes, 0 to 1</td></tr>
 * <tr><td>kappa</td><td>binary, multiclass</td><td>(accuracy − chance) / (1 − chance), chance from
 * the margins (Cohen 1960); beyond 1,000 classes all others count as one for chance, which can only
 * lower kappa</td></tr>
 * <tr><td>kappaTemporal</td><td>binary, multiclass</td><td>the same against predicting the label
 * before (Žliobaitė, Bifet, Read, Pfahringer, Holmes: Evaluation Methods and Decision Theory for
 * Classification of Streaming Data with Temporal Dependence, 2015), over the examples that this
 * sketch saw one before</td></tr>
 * <tr><td>logLoss</td><td>binary, multiclass</td><td>mean −ln P(true class), P at least 1e-15; a
 * class that was given no probability has 0</td></tr>
 * <tr><td>auc</td><td>binary</td><td>area under the ROC curve, by bins of score; within 0.0005 of
 * the exact one in all the tests</td></tr>
 * <tr><td>ece</td><td>binary, multiclass</td><td>expected calibration error, 15 bins (Guo et al.
 * 2017)</td></tr>
 * <tr><td>mae, rmse</td><td>numeric</td><td>mean absolute and root mean squared error, in units of
 * the target</td></tr>
 * <tr><td>r2</td><td>numeric</td><td>1 − squared errors / squared deviations of the target, at most
 * 1</td></tr>
 * </table>
 *
 * An undefined figure is left out: logLoss, auc and ece when no prediction had a probability (one
 * that is NaN or outside 0 to 1 is none; they are means over those that had one), auc when a class
 * is missing, a kappa against a reference that is always right, r2 when all targets are equal, and
 * whatever is not finite, as after a non-finite prediction of a number.
 */
public final class PrequentialSketch {
  /** The layout of {@link #write}. */
  private static final int LAYOUT = 1;

  private final TargetType type;
  private final Agreement agreement = new Agreement();
  private final Calibration calibration = new Calibration();
  private final ScoreBins scores = new ScoreBins();
  private final NumericErrors errors = new NumericErrors();
  private long scored;

  /** An empty sketch. */
  public PrequentialSketch(Target target) {
    this(target.type());
  }

  /** An empty sketch of the same kind of target. */
  public PrequentialSketch empty() {
    return new PrequentialSketch(type);
  }

  private PrequentialSketch(TargetType type) {
    this.type = type;
  }

  /**
   * Scores a prediction that was made before its label was learned. Does nothing when the example
   * has no label, or the prediction is of another kind than the target.
   */
  public void score(Prediction prediction, Example example) {
    if (prediction.type() != type || !example.labelled()) {
      return;
    }
    switch (type) {
      case BINARY -> scoreBinary(prediction, example.target() == 1);
      case MULTICLASS -> scoreMulticlass(prediction, example.label());
      case NUMERIC -> errors.score(prediction.value(), example.target());
      case NONE -> {
        return;
      }
    }
    scored++;
  }

  private void scoreBinary(Prediction prediction, boolean positive) {
    boolean right = prediction.positive() == positive;
    agreement.score(prediction.positive() ? 1 : 0, positive ? 1 : 0, right);
    double probability = prediction.probability();
    if (isProbability(probability)) {
      calibration.loss(positive ? probability : 1 - probability);
      calibration.confidence(prediction.positive() ? probability : 1 - probability, right);
      scores.score(probability, positive);
    }
  }

  private void scoreMulticlass(Prediction prediction, String label) {
    boolean right = prediction.label().equals(label);
    agreement.score(classId(prediction.label()), classId(label), right);
    if (prediction.classCount() > 0) {
      double ofLabel = probabilityOf(label, prediction);
      double ofPredicted = right ? ofLabel : probabilityOf(prediction.label(), prediction);
      if (isProbability(ofLabel) && isProbability(ofPredicted)) {
        calibration.loss(ofLabel);
        calibration.confidence(ofPredicted, right);
      }
    }
  }

  private static boolean isProbability(double value) {
    return value >= 0 && value <= 1; // false for NaN
  }

  private static double probabilityOf(String name, Prediction prediction) {
    for (int i = 0; i < prediction.classCount(); i++) {
      if (prediction.className(i).equals(name)) {
        return prediction.classProbability(i);
      }
    }
    return 0;
  }

  /**
   * A number for a class: FNV-1a over its characters, finished as MurmurHash3 does. Names are of
   * any length and not kept; that two of 1,000 share a number has a chance of 3e-14.
   */
  private static long classId(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  /** Adds what another sketch of the same kind of target scored. */
  public void merge(PrequentialSketch other) {
    if (other.type != type) {
      throw new IllegalArgumentException(
          "a sketch of a %s target must be merged with its like, got %s"
              .formatted(type, other.type));
    }
    agreement.merge(other.agreement);
    calibration.merge(other.calibration);
    scores.merge(other.scores);
    errors.merge(other.errors);
    scored += other.scored;
  }

  /** Forgets all that was scored. What comes next is still taken as following what came before. */
  public void clear() {
    agreement.clear();
    calibration.clear();
    scores.clear();
    errors.clear();
    scored = 0;
  }

  /** Whether nothing was scored. */
  public boolean isEmpty() {
    return scored == 0;
  }

  /** How many predictions were scored. */
  public long scored() {
    return scored;
  }

  /** The figures that are defined, by name. */
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    agreement.figures(figures);
    calibration.figures(figures);
    scores.figures(figures);
    errors.figures(figures);
    return figures;
  }

  /** Writes all that was scored, compactly: about a hundred bytes and four per score bin. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeByte(code(type));
    Varint.write(scored, out);
    if (scored == 0) {
      return;
    }
    if (type == TargetType.NUMERIC) {
      errors.write(out);
    } else {
      agreement.write(out);
      calibration.write(out);
      scores.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when the stream ends, is damaged, or was written by a newer build
   */
  public static PrequentialSketch read(DataInput in) throws IOException {
    int layout = in.readUnsignedByte();
    if (layout != LAYOUT) {
      throw new StreamCorruptedException(
          "the layout of a sketch must be %d, got %d: a newer build wrote it, or it is damaged"
              .formatted(LAYOUT, layout));
    }
    PrequentialSketch sketch = new PrequentialSketch(type(in.readUnsignedByte()));
    sketch.scored = Varint.read(in);
    if (sketch.scored == 0) {
      return sketch;
    }
    if (sketch.type == TargetType.NUMERIC) {
      sketch.errors.read(in);
    } else {
      sketch.agreement.read(in);
      sketch.calibration.read(in);
      sketch.scores.read(in);
    }
    return sketch;
  }

  private static int code(TargetType type) {
    return switch (type) {
      case BINARY -> 1;
      case MULTICLASS -> 2;
      case NUMERIC -> 3;
      case NONE -> 4;
    };
  }

  private static TargetType type(int code) throws IOException {
    for (TargetType type : TargetType.values()) {
      if (code(type) == code) {
        return type;
      }
    }
    throw new StreamCorruptedException(
        "the target of a sketch must be between 1 and 4, got %d: it is damaged".formatted(code));
  }
}
