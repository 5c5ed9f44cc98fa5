package io.anabranch.models.linear;

/**
 * The quartiles of a stream in 18 doubles: the P² algorithm for equiprobable cells, with eight of
 * them, so that the quartiles are three of its nine markers.
 *
 * <pre>
 * h_0 … h_8   heights of the markers: minimum, octiles, maximum
 * n_0 … n_8   their positions, counted from 1; n_8 is the number of values
 * n_i' = 1 + (n_8 − 1) i / 8     where marker i should be; it moves by one when it is one off
 * </pre>
 *
 * The first nine values are kept, sorted; until then quantiles are interpolated between them.
 * Quartiles of two streams do not merge. Jain and Chlamtac 1985, "The P² Algorithm for Dynamic
 * Calculation of Quantiles and Histograms Without Storing Observations", extension to histograms.
 */
final class Quartiles {
  /** Doubles per stream. */
  static final int WIDTH = 18;

  private static final int LAST = 8;
  private static final int POSITIONS = 9;
  // The interquartile range of the normal distribution of deviation 1: where the data are normal,
  // robust and standard agree, and one step size serves both.
  private static final double NORMAL_RANGE = 1.3489795003921634;
  // As of float values: what is closer together than this did not vary.
  private static final double LEAST_RELATIVE_SPREAD = 1e-9;

  private Quartiles() {}

  /** Counts a value into the quartiles at {@code at}, all zeros at first. */
  static void add(double[] state, int at, double value) {
    int last = at + POSITIONS + LAST;
    if (state[last] <= LAST) {
      keep(state, at, value, (int) state[last]);
      return;
    }
    int cell = cellOf(state, at, value);
    for (int i = cell + 1; i <= LAST; i++) {
      state[at + POSITIONS + i]++;
    }
    for (int i = 1; i < LAST; i++) {
      double should = 1 + (state[last] - 1) * i / LAST;
      adjust(state, at + i, should - state[at + POSITIONS + i]);
    }
  }

  /** How many values were counted. */
  static double count(double[] state, int at) {
    return state[at + POSITIONS + LAST];
  }

  /** The quantile i / 8, in [0, 8]. */
  static double octile(double[] state, int at, int i) {
    double count = count(state, at);
    if (count > LAST) {
      return state[at + i];
    }
    double rank = (count - 1) * i / LAST;
    int below = (int) rank;
    double low = state[at + below];
    return rank == below ? low : low + (rank - below) * (state[at + below + 1] - low);
  }

  /**
   * How far from the median, in normal deviations' worth of interquartile range. Where half of the
   * values are one and the same, in ranges from minimum to maximum; 0 when there never was another.
   */
  static double deviation(double[] state, int at, double value) {
    double median = octile(state, at, 4);
    double least = Math.abs(median) * LEAST_RELATIVE_SPREAD;
    double spread = octile(state, at, 6) - octile(state, at, 2);
    if (spread > least) {
      return (value - median) / spread * NORMAL_RANGE;
    }
    double range = octile(state, at, LAST) - octile(state, at, 0);
    return range > least ? (value - median) / range : 0;
  }

  /** Whether these can be quartiles that {@link #add} made. */
  static boolean valid(double[] state, int at) {
    double count = count(state, at);
    int known = (int) Math.min(count, LAST + 1);
    boolean valid = count >= 1 && Double.isFinite(count) && count == Math.rint(count);
    for (int i = 0; valid && i < known; i++) {
      boolean ordered =
          i == 0
              || (state[at + i] >= state[at + i - 1]
                  && state[at + POSITIONS + i] > state[at + POSITIONS + i - 1]);
      valid = ordered && Double.isFinite(state[at + i]);
    }
    return valid;
  }

  private static void keep(double[] state, int at, double value, int count) {
    int to = at + count;
    while (to > at && state[to - 1] > value) {
      state[to] = state[to - 1];
      to--;
    }
    state[to] = value;
    state[at + POSITIONS + count] = count + 1;
    state[at + POSITIONS + LAST] = count + 1;
  }

  private static int cellOf(double[] state, int at, double value) {
    if (value < state[at]) {
      state[at] = value;
      return 0;
    }
    if (value >= state[at + LAST]) {
      state[at + LAST] = value;
      return LAST - 1;
    }
    int cell = 0;
    while (value >= state[at + cell + 1]) {
      cell++;
    }
    return cell;
  }

  /** Moves a marker by one position towards where it should be, if there is room. */
  private static void adjust(double[] state, int marker, double off) {
    int position = marker + POSITIONS;
    double before = state[position - 1] - state[position];
    double after = state[position + 1] - state[position];
    if ((off < 1 || after <= 1) && (off > -1 || before >= -1)) {
      return;
    }
    int step = off > 0 ? 1 : -1;
    double height = state[marker];
    double rise = (state[marker + 1] - height) / after;
    double fall = (state[marker - 1] - height) / before;
    double parabola =
        height + step / (after - before) * ((step - before) * rise + (after - step) * fall);
    boolean between = parabola > state[marker - 1] && parabola < state[marker + 1];
    state[marker] = between ? parabola : height + step * (step > 0 ? rise : fall);
    state[position] += step;
  }
}
