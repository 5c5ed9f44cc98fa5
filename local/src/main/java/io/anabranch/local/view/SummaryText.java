package io.anabranch.local.view;

import io.anabranch.local.output.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The summary of a run as a table. */
public final class SummaryText {
  private SummaryText() {}

  /**
   * A few lines.
   *
   * @param target the field that the label is read from
   */
  public static List<String> lines(Summary summary, String target) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d records, %,d dead letters, %,d unlabelled; %.1f s, %,.0f records/s",
            summary.pipeline(),
            summary.records(),
            summary.deadLetters(),
            summary.unlabelled(),
            summary.seconds(),
            summary.recordsPerSecond()));
    List<Map.Entry<String, String>> shown =
        FigureTitles.of(summary.learners().values().stream().map(Map::keySet).toList());
    StringBuilder header = new StringBuilder(cell("  learner", -24) + cell("examples", 12));
    shown.forEach(column -> header.append(cell(column.getValue(), 11)));
    lines.add(header.toString());
    summary
        .learners()
        .forEach(
            (id, figures) -> {
              StringBuilder row = new StringBuilder(cell("  " + id, -24));
              long examples = figures.getOrDefault("examples", 0.0).longValue();
              row.append(cell(Figures.count(examples), 12));
              for (Map.Entry<String, String> column : shown) {
                Optional<Double> figure = Optional.ofNullable(figures.get(column.getKey()));
                row.append(cell(Figures.figure(column.getKey(), figure), 11));
              }
              lines.add(row.toString());
            });
    if (summary.records() > 0 && summary.unlabelled() == summary.records()) {
      lines.add("  No record has the target's field '" + target + "': nothing was learned.");
    }
    return lines;
  }

  private static String cell(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
