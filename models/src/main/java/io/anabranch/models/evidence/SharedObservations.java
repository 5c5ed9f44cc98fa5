package io.anabranch.models.evidence;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * What one of several trainers observed, and what it was told of the others': its view is truth +
 * own that the truth does not include yet. Nothing is lost by the order in which truth and deltas
 * come: counts are sums, and moments merge. Memory: that of {@link Observations}, and of what was
 * observed since the last shipment.
 */
public final class SharedObservations {
  private final ObservationMerge merge;
  private final int classes;
  private final int bias;
  private final Observations view;
  private Observations pending;
  private final SlotMarks overwrittenValues = new SlotMarks();
  private final SlotMarks overwrittenNumbers = new SlotMarks();
  private boolean overwrittenClasses;
  private final double[] counts;

  /** Nothing yet, of so many classes. */
  public SharedObservations(int hashBits, int classes) {
    merge = new ObservationMerge(hashBits, classes);
    this.classes = classes;
    bias = FeatureVector.bias(hashBits);
    view = new Observations(classes, false);
    pending = new Observations(classes, false);
    counts = new double[classes];
  }

  /** The shape of truth and deltas. */
  public ExchangeShape shape() {
    return merge.shape();
  }

  /** What this trainer knows; live. */
  public Observations view() {
    return view;
  }

  /**
   * Observes an example of class {@code c}.
   *
   * @param weight more than 0, {@link Observations#bounded}
   */
  public void observe(FeatureVector features, int c, double weight) {
    view.observe(features, c, weight, true);
    pending.observe(features, c, weight, true);
  }

  /** Hands over what was observed since the last time. */
  public void drain(IntFunction<CoordinateBatch> batchOf) {
    if (!pending.isEmpty()) {
      write(pending, classes, bias, batchOf);
      pending = new Observations(classes, false);
    }
  }

  /** All of what a model observed, as one delta. */
  public static CoordinateBatch delta(Observations observations, int hashBits, int classes) {
    ExchangeShape shape = new ObservationMerge(hashBits, classes).shape();
    CoordinateBatch delta = new CoordinateBatch(shape.deltaWidth(), shape.statisticsWidth());
    write(observations, classes, FeatureVector.bias(hashBits), coordinate -> delta);
    return delta;
  }

  private static void write(
      Observations from, int classes, int bias, IntFunction<CoordinateBatch> batchOf) {
    CoordinateBatch ofClasses = batchOf.apply(bias);
    int at = ofClasses.addStatistics(bias);
    // Room is used again: what is not written here is another's.
    Arrays.fill(ofClasses.statistics(), at, at + ofClasses.statisticsWidth(), 0);
    System.arraycopy(from.seen(classes), 0, ofClasses.statistics(), at, classes);
    NumberTable numbers = from.numbers();
    for (int slot = 0; slot < numbers.size(); slot++) {
      CoordinateBatch batch = batchOf.apply(numbers.key(slot));
      int to = batch.addStatistics(numbers.key(slot));
      numbers.moments(slot, classes, batch.statistics(), to);
    }
    CategoryTable values = from.categories();
    for (int slot = 0; slot < values.size(); slot++) {
      CoordinateBatch batch = batchOf.apply(values.value(slot));
      int to = batch.add(values.value(slot));
      for (int c = 0; c < classes; c++) {
        CountPairs.set(batch.values(), to + c * CountPairs.WIDTH, values.count(slot, c));
      }
      ObservationMerge.group(batch.values(), to, classes, values.group(values.groupOf(slot)));
    }
  }

  /** Takes new truth: view = truth + pending. */
  public void overwrite(CoordinateBatch truth) {
    overwrittenValues.clear();
    overwrittenNumbers.clear();
    overwrittenClasses = false;
    for (int i = 0; i < truth.size(); i++) {
      int at = i * truth.width();
      int coordinate = truth.coordinates()[i];
      int slot =
          view.categories()
              .set(
                  coordinate,
                  ObservationMerge.group(truth.values(), at, classes),
                  counts(truth.values(), at));
      overwrittenValues.mark(slot);
      int unshipped = pending.categories().find(coordinate, slot);
      for (int c = 0; unshipped >= 0 && c < classes; c++) {
        view.categories().count(slot, c, pending.categories().count(unshipped, c));
      }
    }
    for (int i = 0; i < truth.statisticsSize(); i++) {
      overwriteStatistics(
          truth.statisticsCoordinates()[i], truth.statistics(), i * truth.statisticsWidth());
    }
  }

  private void overwriteStatistics(int coordinate, double[] truth, int at) {
    if (coordinate == bias) {
      overwrittenClasses = true;
      for (int c = 0; c < classes; c++) {
        view.seen(classes)[c] = truth[at + c] + pending.seen(classes)[c];
      }
      return;
    }
    int slot = view.numbers().set(coordinate, classes, truth, at);
    overwrittenNumbers.mark(slot);
    int unshipped = pending.numbers().find(coordinate, slot);
    if (unshipped >= 0) {
      double[] moments = new double[classes * ObservationMerge.MOMENTS];
      pending.numbers().moments(unshipped, classes, moments, 0);
      view.numbers().merge(slot, classes, moments, 0);
    }
  }

  /** Adds an own delta to what was just overwritten by truth that does not include it. */
  public void reapply(CoordinateBatch delta) {
    for (int i = 0; i < delta.size(); i++) {
      int slot = view.categories().find(delta.coordinates()[i], i);
      if (overwrittenValues.has(slot)) {
        double[] more = counts(delta.values(), i * delta.width());
        for (int c = 0; c < classes; c++) {
          view.categories().count(slot, c, more[c]);
        }
      }
    }
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int coordinate = delta.statisticsCoordinates()[i];
      int at = i * delta.statisticsWidth();
      if (coordinate == bias) {
        for (int c = 0; overwrittenClasses && c < classes; c++) {
          view.seen(classes)[c] += delta.statistics()[at + c];
        }
        continue;
      }
      int slot = view.numbers().find(coordinate, i);
      if (overwrittenNumbers.has(slot)) {
        view.numbers().merge(slot, classes, delta.statistics(), at);
      }
    }
  }

  private double[] counts(float[] values, int at) {
    for (int c = 0; c < classes; c++) {
      counts[c] = CountPairs.get(values, at + c * CountPairs.WIDTH);
    }
    return counts;
  }
}
