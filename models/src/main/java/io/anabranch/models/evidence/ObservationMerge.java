package io.anabranch.models.evidence;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.math.Numerics;

/**
 * What several trainers observed adds up: counts as sums, moments by Chan's formula. The classes
 * must have the same number everywhere.
 *
 * <pre>
 * a value      weights      a count for each class, its group          {@link CountPairs}
 * a number     statistics   {count, mean, M2} for each class
 * the classes  statistics   the weight of each one's examples, at {@link FeatureVector#bias}
 * </pre>
 *
 * A value of two fields, whose hashes met, belongs to the group that was merged first.
 */
public final class ObservationMerge implements MergeRule {
  private static final long serialVersionUID = 1;

  /** Doubles of a number's moments. */
  static final int MOMENTS = 3;

  /** More classes than that have no room in a block. */
  public static final int MOST_CLASSES = BlockState.MOST_WIDTH / MOMENTS;

  private static final int SHARD_BITS = 6;
  // Sparse coordinates, and numeric ones by their scale.
  private static final int REGION_BITS = 2;

  private final int hashBits;
  private final int classes;

  /**
   * The merge of one model.
   *
   * @param classes how many there are, 1 to {@link #MOST_CLASSES}
   */
  public ObservationMerge(int hashBits, int classes) {
    this.hashBits = hashBits;
    this.classes = classes;
  }

  @Override
  public String description() {
    return "counts and moments add up: the model is the one that a single trainer would have";
  }

  @Override
  public ExchangeShape shape() {
    int width = (classes + 1) * CountPairs.WIDTH;
    return new ExchangeShape(
        hashBits + REGION_BITS, Math.min(SHARD_BITS, hashBits), width, width, classes * MOMENTS);
  }

  /** Where a value's group stands in its floats. */
  static int group(float[] values, int at, int classes) {
    int high = (int) values[at + CountPairs.WIDTH * classes];
    return high << Short.SIZE | (int) values[at + CountPairs.WIDTH * classes + 1];
  }

  static void group(float[] values, int at, int classes, int group) {
    values[at + CountPairs.WIDTH * classes] = group >> Short.SIZE;
    values[at + CountPairs.WIDTH * classes + 1] = group & 0xffff;
  }

  @Override
  public void merge(
      int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
    for (int i = 0; i < CountPairs.WIDTH * classes; i += CountPairs.WIDTH) {
      CountPairs.set(
          truth, at + i, CountPairs.get(truth, at + i) + CountPairs.get(delta, from + i));
    }
    if (group(truth, at, classes) == 0) {
      group(truth, at, classes, group(delta, from, classes));
    }
  }

  @Override
  public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
    if (coordinate == FeatureVector.bias(hashBits)) {
      for (int c = 0; c < classes; c++) {
        truth[at + c] += delta[from + c];
      }
    } else {
      mergeMoments(classes, truth, at, delta, from);
    }
  }

  private static void mergeMoments(int classes, double[] truth, int at, double[] delta, int from) {
    for (int i = 0; i < MOMENTS * classes; i += MOMENTS) {
      Numerics.mergeMoments(truth, at + i, delta, from + i);
    }
  }
}
