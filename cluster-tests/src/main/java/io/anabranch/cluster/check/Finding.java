package io.anabranch.cluster.check;

import java.util.List;
import java.util.Locale;

/**
 * Whether something holds that must.
 *
 * @param what must hold
 * @param holds whether it does
 * @param detail what was seen
 */
public record Finding(String what, boolean holds, String detail) {

  /** Compares a figure with what it must be. */
  public static Finding equal(String what, long expected, long actual) {
    return new Finding(
        what,
        expected == actual,
        expected == actual
            ? String.format(Locale.ROOT, "%,d", actual)
            : String.format(Locale.ROOT, "must be %,d, got %,d", expected, actual));
  }

  /** Findings as a table. */
  public static String table(List<Finding> findings) {
    int width = findings.stream().mapToInt(each -> each.what().length()).max().orElse(0);
    StringBuilder table = new StringBuilder();
    for (Finding each : findings) {
      table.append(each.holds() ? "  ok     " : "  FAILED ");
      table.append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  ", each.what()));
      table.append(each.detail()).append('\n');
    }
    return table.toString();
  }
}
