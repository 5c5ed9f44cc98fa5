package io.anabranch.models.tree;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.evidence.Observations;
import java.util.Arrays;

/** What a node asks of an example. */
sealed interface SplitTest {

  /** The branch of an example, or -1 when it has no value or one that is not known here. */
  int branch(FeatureVector features);

  /** How many branches there are, at least 2. */
  int branches();

  /** A number at most the threshold goes left. Sparse numbers that are absent are 0. */
  final class AtMost implements SplitTest {
    final int key;
    final double threshold;
    // Where the number was in the example before: records are alike.
    private int guess;

    AtMost(int key, double threshold) {
      this.key = key;
      this.threshold = threshold;
    }

    @Override
    public int branch(FeatureVector features) {
      int at = find(features);
      if (at >= 0) {
        return features.values()[at] <= threshold ? 0 : 1;
      }
      if (!Observations.isSparse(key)) {
        return -1;
      }
      return 0 <= threshold ? 0 : 1;
    }

    private int find(FeatureVector features) {
      if (guess < features.size() && isAt(features, guess)) {
        return guess;
      }
      for (int i = 0; i < features.size(); i++) {
        if (isAt(features, i)) {
          guess = i;
          return i;
        }
      }
      return -1;
    }

    private boolean isAt(FeatureVector features, int i) {
      int group = features.groups()[i];
      return group >= 0 && Observations.key(features.coordinates()[i], group) == key;
    }

    @Override
    public int branches() {
      return 2;
    }
  }

  /** One category goes left, all others of its group go right. */
  record Is(int group, int value) implements SplitTest {
    @Override
    public int branch(FeatureVector features) {
      int branch = -1;
      for (int i = 0; i < features.size(); i++) {
        if (features.groups()[i] == group) {
          if (features.coordinates()[i] == value) {
            return 0;
          }
          branch = 1;
        }
      }
      return branch;
    }

    @Override
    public int branches() {
      return 2;
    }
  }

  /** Each category of a group has a branch of its own; values ascend. */
  final class OneOf implements SplitTest {
    final int group;
    final int[] values;

    OneOf(int group, int[] values) {
      this.group = group;
      this.values = values;
    }

    @Override
    public int branch(FeatureVector features) {
      for (int i = 0; i < features.size(); i++) {
        if (features.groups()[i] == group) {
          int at = Arrays.binarySearch(values, features.coordinates()[i]);
          if (at >= 0) {
            return at;
          }
        }
      }
      return -1;
    }

    @Override
    public int branches() {
      return values.length;
    }
  }
}
