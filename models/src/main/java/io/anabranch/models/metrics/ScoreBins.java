package io.anabranch.models.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * The area under the ROC curve from a histogram of scores, in which the two classes of one bin
 * count as ties:
 *
 * <pre>
 * AUC = Σ_b pos_b · (neg_{below b} + neg_b / 2) / (pos · neg)
 * </pre>
 *
 * Bins are a 32nd of an octave of p below 1/4, of 1 − p above 3/4 and of |p − 1/2| between: at most
 * 0.004 wide, and ever finer where scores crowd, as those of rare events do near 0, of naive Bayes
 * at both ends, and of a model that has hardly learned around 1/2. The error is at most half the
 * share of pairs that fall into one bin, Σ pos_b · neg_b / (2 · pos · neg); what it comes to is
 * stated in {@link PrequentialSketch}.
 *
 * <p>Memory is O(bins that are touched) as read, {@link #BINS} counts of each class once scored or
 * merged into; writing, merging and clearing cost O(bins that are touched).
 */
final class ScoreBins {
  private static final int PER_OCTAVE = 32;
  private static final int SHIFT = 52 - Integer.numberOfTrailingZeros(PER_OCTAVE);

  // What is nearer to 0 or 1, or to the middle, falls into the outermost or the middle bin.
  private static final long LEAST = steps(0x1p-53);
  private static final long NEAREST = steps(0x1p-14);
  private static final long OUTER = steps(0.25) - LEAST;
  private static final long INNER = steps(0.25) - NEAREST;
  static final int BINS = (int) (2 * (OUTER + INNER) + 1);

  private int[] touched = new int[0];
  private int size;
  // Negatives and positives: of touched[i] at 2i as it was read, of bin b at 2b when dense.
  private long[] counts = new long[0];
  private boolean dense;

  /** The bin of a probability; ascends with it. */
  static int binOf(double probability) {
    boolean low = probability <= 0.5;
    double lesser = low ? probability : 1 - probability;
    long step =
        lesser < 0.25
            ? Math.max(0, steps(lesser) - LEAST)
            : OUTER + INNER - Math.max(0, steps(0.5 - lesser) - NEAREST);
    return (int) (low ? step : BINS - 1 - step);
  }

  /** Steps of a logarithm: exponent and leading bits of the mantissa are one, at no cost. */
  private static long steps(double value) {
    return Double.doubleToRawLongBits(value) >>> SHIFT;
  }

  /** Scores a probability of the positive class. */
  void score(double probability, boolean positive) {
    densify();
    add(binOf(probability), positive ? 0 : 1, positive ? 1 : 0);
  }

  void merge(ScoreBins other) {
    if (other.size == 0) {
      return;
    }
    densify();
    for (int i = 0; i < other.size; i++) {
      int at = other.at(i);
      add(other.touched[i], other.counts[at], other.counts[at + 1]);
    }
  }

  private void add(int bin, long negatives, long positives) {
    int at = 2 * bin;
    if (counts[at] + counts[at + 1] == 0) {
      touched[size++] = bin;
    }
    counts[at] += negatives;
    counts[at + 1] += positives;
  }

  private void densify() {
    if (dense) {
      return;
    }
    int[] listed = touched;
    long[] listedCounts = counts;
    touched = Arrays.copyOf(listed, BINS);
    counts = new long[2 * BINS];
    for (int i = 0; i < size; i++) {
      counts[2 * listed[i]] = listedCounts[2 * i];
      counts[2 * listed[i] + 1] = listedCounts[2 * i + 1];
    }
    dense = true;
  }

  private int at(int i) {
    return dense ? 2 * touched[i] : 2 * i;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      int at = at(i);
      counts[at] = 0;
      counts[at + 1] = 0;
    }
    size = 0;
  }

  /** Adds auc, unless one of the classes is missing. */
  void figures(SortedMap<String, Double> into) {
    sort();
    double inOrder = 0;
    double negatives = 0;
    double positives = 0;
    for (int i = 0; i < size; i++) {
      long negative = counts[at(i)];
      long positive = counts[at(i) + 1];
      inOrder += positive * (negatives + negative / 2.0);
      negatives += negative;
      positives += positive;
    }
    Figures.put("auc", inOrder / (positives * negatives), into);
  }

  void write(DataOutput out) throws IOException {
    sort();
    Varint.write(size, out);
    int before = 0;
    for (int i = 0; i < size; i++) {
      Varint.write(touched[i] - before, out);
      Varint.write(counts[at(i)], out);
      Varint.write(counts[at(i) + 1], out);
      before = touched[i];
    }
  }

  void read(DataInput in) throws IOException {
    size = Varint.read(in, BINS);
    touched = new int[size];
    counts = new long[2 * size];
    dense = false;
    int before = 0;
    for (int i = 0; i < size; i++) {
      int step = Varint.read(in, BINS - 1 - before);
      touched[i] = before + step;
      counts[2 * i] = Varint.read(in);
      counts[2 * i + 1] = Varint.read(in);
      if ((i > 0 && step == 0) || counts[2 * i] + counts[2 * i + 1] <= 0) {
        throw new StreamCorruptedException(
            "score bins must ascend and not be empty, got bin %d after %d: the sketch is damaged"
                .formatted(touched[i], before));
      }
      before = touched[i];
    }
  }

  /** As read they ascend already. */
  private void sort() {
    if (dense) {
      Arrays.sort(touched, 0, size);
    }
  }
}
