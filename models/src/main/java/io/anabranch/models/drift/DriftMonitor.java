package io.anabranch.models.drift;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.ModelFrame;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Optional;

/**
 * Watches the prequential error of one learner's predictions: 1 for a wrong class and 0 for the
 * right one; of numbers, the absolute error on a scale from 0 to 1. Example weights do not count.
 * Memory: that of the detector.
 */
public final class DriftMonitor {
  /** The layout of {@link #write}. */
  private static final int LAYOUT = 1;

  private final DriftDetection detection;
  private final TargetType target;
  private DriftDetector detector;
  private ErrorScale scale = new ErrorScale();

  /**
   * One that has seen nothing.
   *
   * @param detection must be possible for the target, and a detector
   */
  public DriftMonitor(DriftDetection detection, Target target) {
    this.detection = detection;
    this.target = target.type();
    detection
        .refusal(target.type())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("drift detector " + reason);
            });
    detector = detection.fresh();
  }

  /**
   * Takes a prediction that was made before its label was learned.
   *
   * @return whether the errors have risen
   */
  public boolean score(Prediction prediction, Example example) {
    if (prediction.type() != target || !example.labelled()) {
      return false;
    }
    return switch (target) {
      case BINARY -> add(prediction.positive() == (example.target() == 1) ? 0 : 1);
      case MULTICLASS -> add(prediction.label().equals(example.label()) ? 0 : 1);
      case NUMERIC -> number(prediction.value() - example.target());
      case NONE -> false;
    };
  }

  private boolean add(double error) {
    return detector.add(error) == Change.RISE;
  }

  private boolean number(double error) {
    if (!scale.ready(error)) {
      return false;
    }
    Change change = detector.add(scale.of(error));
    if (change != Change.NONE) {
      scale = new ErrorScale();
      detector = detection.fresh();
    }
    return change == Change.RISE;
  }

  /** The mean error since the last change, 0 to 1. */
  public double mean() {
    return detector.mean();
  }

  /** How many errors that mean is of. */
  public long width() {
    return detector.width();
  }

  /** Whether this one has seen more since the last change, be it only to find the scale. */
  public boolean hasSeenMoreThan(DriftMonitor other) {
    return width() == other.width() ? scale.taken() > other.scale.taken() : width() > other.width();
  }

  /** Writes all that the next predictions will be judged by. */
  public byte[] write() {
    ModelWriter out = new ModelWriter(name(detection), LAYOUT);
    scale.write(out);
    detector.write(out);
    return out.finish();
  }

  /**
   * Reads what {@link #write} wrote; empty when that was of another detector.
   *
   * @throws io.anabranch.models.format.CorruptModelException when it is damaged
   */
  public static Optional<DriftMonitor> read(byte[] bytes, DriftDetection detection, Target target) {
    if (!ModelFrame.of(bytes).learnerType().equals(name(detection))) {
      return Optional.empty();
    }
    ModelReader in = ModelReader.open(bytes, name(detection), LAYOUT);
    DriftMonitor monitor = new DriftMonitor(detection, target);
    monitor.scale = ErrorScale.read(in);
    monitor.detector.read(in);
    in.end();
    return Optional.of(monitor);
  }

  private static String name(DriftDetection detection) {
    return "drift-" + detection.text();
  }
}
