package io.anabranch.models.drift;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Arrays;

/**
 * An adaptive window: as long as the errors in it have one mean, and no longer.
 *
 * <pre>
 * cut W into W0 (older) · W1 when |μ̂(W0) − μ̂(W1)| > ε,   m = 1/n0 + 1/n1,
 * ε = √(2 · m · σ²(W) · ln(2 ln n / δ)) + (2/3) · m · ln(2 ln n / δ)
 * </pre>
 *
 * Memory: O(log n), an exponential histogram with rows of at most M = 5 buckets, those of row i of
 * 2^i errors each. δ = 0.002, the chance of a false cut at one look. Bifet and Gavaldà 2007,
 * "Learning from time-changing data with adaptive windowing", ADWIN2 (section 4).
 *
 * <p>As in MOA, and not in the paper: cuts are looked for at each 32nd error only, n0 and n1 are
 * counted less 4, and both must be more than 6.
 */
public final class Adwin implements DriftDetector {
  /** The chance that a look cuts a window of one mean. */
  public static final double DELTA = 0.002;

  /** Cuts are looked for after so many errors. */
  public static final int CLOCK = 32;

  private static final int BUCKETS = 5;
  private static final int ROOM = BUCKETS + 1;
  private static final int LEAST_WINDOW = 10;
  private static final int LEAST_SIDE = 5;
  // 2^40 errors: more than a subtask sees in a year of a million per second
  private static final int MOST_ROWS = 40;

  // Row r has its buckets, the oldest first, from r * ROOM on.
  private int[] counts = new int[1];
  private double[] totals = new double[ROOM];
  private double[] deviations = new double[ROOM];
  private long width;
  private double total;
  private double deviation;
  private int sinceLook;

  @Override
  public Change add(double error) {
    insert(error);
    if (++sinceLook < CLOCK) {
      return Change.NONE;
    }
    sinceLook = 0;
    double before = mean();
    boolean cut = false;
    while (width > LEAST_WINDOW && hasCut()) {
      dropOldest();
      cut = true;
    }
    return cut ? mean() > before ? Change.RISE : Change.FALL : Change.NONE;
  }

  private void insert(double error) {
    if (width > 0) {
      double off = error - total / width;
      deviation += width * off * off / (width + 1);
    }
    width++;
    total += error;
    append(0, error, 0);
    for (int row = 0; counts[row] > BUCKETS; row++) {
      mergeOldest(row);
    }
  }

  private void append(int row, double bucketTotal, double bucketDeviation) {
    if (row == counts.length) {
      counts = Arrays.copyOf(counts, row + 1);
      totals = Arrays.copyOf(totals, (row + 1) * ROOM);
      deviations = Arrays.copyOf(deviations, (row + 1) * ROOM);
    }
    int at = row * ROOM + counts[row]++;
    totals[at] = bucketTotal;
    deviations[at] = bucketDeviation;
  }

  /** The two oldest buckets of a row become the newest of the next. */
  private void mergeOldest(int row) {
    int at = row * ROOM;
    double size = 1L << row;
    double off = (totals[at] - totals[at + 1]) / size;
    double bothTotal = totals[at] + totals[at + 1];
    double both = deviations[at] + deviations[at + 1] + off * off * size / 2;
    shift(row, 2);
    append(row + 1, bothTotal, both);
  }

  private void shift(int row, int buckets) {
    int at = row * ROOM;
    counts[row] -= buckets;
    System.arraycopy(totals, at + buckets, totals, at, counts[row]);
    System.arraycopy(deviations, at + buckets, deviations, at, counts[row]);
  }

  private boolean hasCut() {
    double logarithm = Math.log(2 * Math.log((double) width) / DELTA);
    double variance = deviation / width;
    double spread = 2 * deviation * logarithm;
    long older = 0;
    double olderTotal = 0;
    for (int row = counts.length - 1; row >= 0; row--) {
      for (int at = row * ROOM; at < row * ROOM + counts[row]; at++) {
        older += 1L << row;
        olderTotal += totals[at];
        long newer = width - older;
        if (newer <= LEAST_SIDE + 1) {
          return false;
        }
        // |μ̂0 − μ̂1| = |apart| / (n0 · n1), and ε² > 2 · σ² · ln(…) · n / (n0 · n1): without roots
        // and
        // quotients this tells of nearly all places that there is no cut
        double apart = olderTotal * width - total * older;
        boolean possible = apart * apart > spread * older * newer;
        if (possible && older > LEAST_SIDE + 1) {
          double m = 1.0 / (older - LEAST_SIDE + 1) + 1.0 / (newer - LEAST_SIDE + 1);
          double bound = Math.sqrt(2 * m * variance * logarithm) + 2.0 / 3 * m * logarithm;
          if (Math.abs(olderTotal / older - (total - olderTotal) / newer) > bound) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void dropOldest() {
    int row = counts.length - 1;
    while (counts[row] == 0) {
      row--;
    }
    long size = 1L << row;
    double dropped = totals[row * ROOM];
    width -= size;
    total -= dropped;
    double off = dropped / size - total / width;
    deviation -= deviations[row * ROOM] + size * (double) width * off * off / (size + width);
    deviation = Math.max(0, deviation); // of equal errors, rounding may leave less than nothing
    shift(row, 1);
  }

  @Override
  public double mean() {
    return width == 0 ? 0 : total / width;
  }

  @Override
  public long width() {
    return width;
  }

  @Override
  public void write(ModelWriter out) {
    out.writeInt(sinceLook);
    out.writeDouble(total);
    out.writeDouble(deviation);
    out.writeInts(counts, 0, counts.length);
    for (int row = 0; row < counts.length; row++) {
      out.writeDoubles(totals, row * ROOM, counts[row]);
      out.writeDoubles(deviations, row * ROOM, counts[row]);
    }
  }

  @Override
  public void read(ModelReader in) {
    sinceLook = in.readInt();
    total = in.readDouble();
    deviation = in.readDouble();
    counts = in.readInts();
    if (counts.length < 1 || counts.length > MOST_ROWS) {
      throw new CorruptModelException(
          "the rows of an adwin must be between 1 and " + MOST_ROWS + ", got " + counts.length);
    }
    totals = new double[counts.length * ROOM];
    deviations = new double[counts.length * ROOM];
    width = 0;
    for (int row = 0; row < counts.length; row++) {
      if (counts[row] < 0 || counts[row] > BUCKETS) {
        throw new CorruptModelException(
            "the buckets of row %d of an adwin must be between 0 and %d, got %d"
                .formatted(row, BUCKETS, counts[row]));
      }
      in.readDoubles(totals, row * ROOM, counts[row]);
      in.readDoubles(deviations, row * ROOM, counts[row]);
      width += (long) counts[row] << row;
    }
  }
}
