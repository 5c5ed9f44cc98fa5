package io.anabranch.local.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  /** A count with its thousands set apart. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A figure to four digits; a dash when there is none. */
  public static String figure(Optional<Double> figure) {
    return figure.map(Figures::figure).orElse("-");
  }

  private static String figure(double value) {
    double size = Math.abs(value);
    String format = size >= 1_000_000 || (size > 0 && size < 0.0005) ? "%.3g" : "%.4f";
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
