package io.anabranch.local.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Numbers as people read them. */
public final class Figures {
  /** What has no unit, and 1 for the best. */
  private static final Set<String> SCALED = Set.of("accuracy", "kappa", "auc", "r2");

  private Figures() {}

  /** A count with its thousands set apart. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /**
   * A figure to four digits; a dash when there is none. Those on a scale of their own have four
   * decimals, however near to 0 they are: a kappa of -0.00004 is none.
   *
   * @param name as the metrics topic calls it
   */
  public static String figure(String name, Optional<Double> figure) {
    boolean scaled =
        SCALED.stream().anyMatch(known -> known.equals(name) || held(known).equals(name));
    return figure.map(value -> scaled ? text(whole(value), 0) : text(value, 0.0005)).orElse("-");
  }

  private static String held(String name) {
    return "holdout" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static double whole(double value) {
    double rounded = Math.rint(value * 1e4) / 1e4;
    return rounded == 0 ? 0 : rounded; // without the sign of -0
  }

  private static String text(double value, double least) {
    double size = Math.abs(value);
    String format = size >= 1_000_000 || (size > 0 && size < least) ? "%.3g" : "%.4f";
    return String.format(Locale.ROOT, size >= 100 && size < 1_000_000 ? "%.1f" : format, value);
  }

  static String duration(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  /** Bytes, kilobytes or megabytes. */
  public static String bytes(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.0f KB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024));
  }
}
