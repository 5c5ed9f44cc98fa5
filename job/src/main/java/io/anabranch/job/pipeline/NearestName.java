package io.anabranch.job.pipeline;

import java.util.Optional;

/** Finds what a misspelt name was probably meant to be. */
public final class NearestName {

  private NearestName() {}

  /** {@code , did you mean 'learners'?}, or nothing when no name is near. */
  public static String hint(String name, Iterable<String> valid) {
    return find(name, valid).map(near -> ", did you mean '" + near + "'?").orElse("");
  }

  /** The nearest name within a third of its length, at least two changes. */
  static Optional<String> find(String name, Iterable<String> valid) {
    int best = Math.max(2, name.length() / 3) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : valid) {
      int distance = distance(name, candidate);
      if (distance < best && distance < candidate.length()) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  /** Optimal string alignment: insertions, deletions, changes and swaps of neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
