package io.anabranch.cluster.check;

import io.anabranch.cluster.feed.FeedPlan.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was predicted for each record: version and probability, folded into one number each. */
public final class PredictedSequence {
  private final List<long[]> byPartition = new ArrayList<>();

  /** Enters what was predicted for a record; a later one replaces it. */
  public void enter(Place place, long version, double probability) {
    while (byPartition.size() <= place.partition()) {
      byPartition.add(new long[1_024]);
    }
    int number = Math.toIntExact(place.number());
    long[] values = byPartition.get(place.partition());
    if (values.length <= number) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, number + 1));
      byPartition.set(place.partition(), values);
    }
    values[number] = Double.doubleToLongBits(probability) * 31 + version;
  }

  /** Compares with an uninterrupted run. */
  public static Finding compare(
      String learner, PredictedSequence expected, PredictedSequence actual) {
    long wrong = 0;
    String first = "";
    int partitions = Math.max(expected.byPartition.size(), actual.byPartition.size());
    for (int partition = 0; partition < partitions; partition++) {
      long[] right = expected.values(partition);
      long[] got = actual.values(partition);
      for (int number = 0; number < Math.max(right.length, got.length); number++) {
        if (at(right, number) != at(got, number)) {
          first = wrong == 0 ? new Place(partition, number).id() : first;
          wrong++;
        }
      }
    }
    return new Finding(
        "predictions equal an uninterrupted run bit for bit: " + learner,
        wrong == 0,
        wrong == 0
            ? "versions and probabilities"
            : String.format(Locale.ROOT, "%,d differ, the first at %s", wrong, first));
  }

  private long[] values(int partition) {
    return partition < byPartition.size() ? byPartition.get(partition) : new long[0];
  }

  private static long at(long[] values, int number) {
    return number < values.length ? values[number] : 0;
  }
}
