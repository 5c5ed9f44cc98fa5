package io.anabranch.local.view;

import io.anabranch.local.output.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The summary of a run as a table. */
public final class SummaryText {
  /** Figures worth a column, and their titles. */
  private static final Map<String, String> COLUMNS = columns();

  private SummaryText() {}

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("accuracy", "accuracy");
    columns.put("kappa", "kappa");
    columns.put("logLoss", "log loss");
    columns.put("auc", "AUC");
    columns.put("mae", "MAE");
    columns.put("rmse", "RMSE");
    columns.put("r2", "R2");
    return columns;
  }

  /** A few lines. */
  public static List<String> lines(Summary summary) {
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
    List<String> shown =
        COLUMNS.keySet().stream()
            .filter(f -> summary.learners().values().stream().anyMatch(l -> l.containsKey(f)))
            .toList();
    StringBuilder header = new StringBuilder(cell("  learner", -24) + cell("examples", 12));
    shown.forEach(figure -> header.append(cell(COLUMNS.getOrDefault(figure, figure), 11)));
    lines.add(header.toString());
    summary
        .learners()
        .forEach(
            (id, figures) -> {
              StringBuilder row = new StringBuilder(cell("  " + id, -24));
              long examples = figures.getOrDefault("examples", 0.0).longValue();
              row.append(cell(Figures.count(examples), 12));
              shown.forEach(
                  f -> row.append(cell(Figures.figure(Optional.ofNullable(figures.get(f))), 11)));
              lines.add(row.toString());
            });
    return lines;
  }

  private static String cell(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
