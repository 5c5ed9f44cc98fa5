package io.anabranch.models.tree;

import io.anabranch.models.evidence.CategoryTable;
import io.anabranch.models.evidence.NumberTable;
import io.anabranch.models.evidence.Observations;
import io.anabranch.models.math.NormalDistribution;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best split of a leaf, and how good the best split by another feature is. Of a number,
 * ten thresholds evenly between its extremes are tried, and the weight on either side is what the
 * Gaussians of the classes expect (Pfahringer, Holmes and Kirkby 2008, "Handling Numeric Attributes
 * in Hoeffding Trees"). Of categories, each against all others, and all of them at once unless they
 * are many.
 */
final class SplitSearch {
  private static final int THRESHOLDS = 10;
  private static final int MOST_BRANCHES = 32;
  private static final double LEAST_SHARE = 0.01;

  private final int classes;
  private final double[] seen;
  private final double total;
  private final double[][] statistics;

  @Nullable Candidate best;
  double secondMerit;

  SplitSearch(Observations observed, int classes) {
    this.classes = classes;
    this.seen = Arrays.copyOf(observed.seen(classes), classes);
    this.total = InformationGain.sum(seen);
    this.statistics = new double[classes][5];
    for (int slot = 0; slot < observed.numbers().size(); slot++) {
      offer(number(observed.numbers(), slot));
    }
    CategoryTable categories = observed.categories();
    for (int position = 0; position < categories.groupCount(); position++) {
      offer(category(categories, position));
    }
  }

  private void offer(@Nullable Candidate candidate) {
    if (candidate == null || candidate.merit <= 0) {
      return;
    }
    Candidate leader = best;
    if (leader == null || candidate.isBetterThan(leader)) {
      secondMerit = leader == null ? 0 : leader.merit;
      best = candidate;
    } else {
      secondMerit = Math.max(secondMerit, candidate.merit);
    }
  }

  private @Nullable Candidate number(NumberTable numbers, int slot) {
    int key = numbers.key(slot);
    boolean sparse = Observations.isSparse(key);
    if (sparse && numbers.count(slot) < LEAST_SHARE * total) {
      // However it splits, one side gets too little; of a text's many words most end here.
      return null;
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      if (sparse) {
        numbers.withZeros(slot, c, seen[c], statistics[c]);
      } else {
        numbers.statistics(slot, c, statistics[c]);
      }
      if (statistics[c][0] > 0) {
        least = Math.min(least, statistics[c][3]);
        greatest = Math.max(greatest, statistics[c][4]);
      }
    }
    Candidate found = null;
    for (int i = 1; i <= THRESHOLDS; i++) {
      double threshold = least + (greatest - least) * i / (THRESHOLDS + 1);
      if (threshold > least && threshold < greatest) {
        double[][] branches = sides(threshold);
        double merit = merit(branches);
        if (found == null || merit > found.merit) {
          found = new Candidate(new SplitTest.AtMost(key, threshold), key, merit, branches);
        }
      }
    }
    return found;
  }

  private double[][] sides(double threshold) {
    double[][] sides = new double[2][classes];
    for (int c = 0; c < classes; c++) {
      double weight = statistics[c][0];
      double left;
      if (weight == 0 || threshold < statistics[c][3]) {
        left = 0;
      } else if (threshold >= statistics[c][4]) {
        left = weight;
      } else {
        double deviation = Math.sqrt(statistics[c][2] / Math.max(weight - 1, 1));
        left = weight * NormalDistribution.cumulative((threshold - statistics[c][1]) / deviation);
      }
      sides[0][c] = left;
      sides[1][c] = weight - left;
    }
    return sides;
  }

  private @Nullable Candidate category(CategoryTable categories, int position) {
    int group = categories.group(position);
    int[] slots = new int[categories.members(position)];
    double[] together = new double[classes];
    int members = 0;
    for (int slot = 0; slot < categories.size(); slot++) {
      if (categories.groupOf(slot) == position) {
        slots[members++] = slot;
        for (int c = 0; c < classes; c++) {
          together[c] += categories.count(slot, c);
        }
      }
    }
    Candidate found = oneAgainstOthers(categories, group, slots, together);
    if (members < 2 || members > MOST_BRANCHES) {
      return found;
    }
    Candidate all = allAtOnce(categories, group, slots);
    return found == null || all.merit > found.merit ? all : found;
  }

  private @Nullable Candidate oneAgainstOthers(
      CategoryTable categories, int group, int[] slots, double[] together) {
    Candidate found = null;
    int least = 0;
    for (int slot : slots) {
      double[][] branches = new double[2][classes];
      for (int c = 0; c < classes; c++) {
        branches[0][c] = categories.count(slot, c);
        branches[1][c] = Math.max(0, together[c] - branches[0][c]);
      }
      int value = categories.value(slot);
      double merit = merit(branches);
      if (found == null || merit > found.merit || (merit == found.merit && value < least)) {
        found = new Candidate(new SplitTest.Is(group, value), group, merit, branches);
        least = value;
      }
    }
    return found;
  }

  private Candidate allAtOnce(CategoryTable categories, int group, int[] slots) {
    int[] values = Arrays.stream(slots).map(categories::value).sorted().toArray();
    double[][] branches = new double[values.length][classes];
    for (int slot : slots) {
      double[] branch = branches[Arrays.binarySearch(values, categories.value(slot))];
      for (int c = 0; c < classes; c++) {
        branch[c] = categories.count(slot, c);
      }
    }
    return new Candidate(new SplitTest.OneOf(group, values), group, merit(branches), branches);
  }

  /** The gain, as far as the feature was there: what is mostly missing tells little. */
  private double merit(double[][] branches) {
    double present = 0;
    for (double[] branch : branches) {
      present += InformationGain.sum(branch);
    }
    return InformationGain.of(branches) * Math.min(1, present / total);
  }
}
