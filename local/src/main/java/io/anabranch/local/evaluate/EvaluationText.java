package io.anabranch.local.evaluate;

import io.anabranch.local.view.Figures;
import io.anabranch.local.view.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an evaluation found, for a terminal. */
public final class EvaluationText {
  /** Figures worth a column, and their titles. */
  private static final Map<String, String> COLUMNS = columns();

  private EvaluationText() {}

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("accuracy", "accuracy");
    columns.put("kappa", "kappa");
    columns.put("logLoss", "log loss");
    columns.put("auc", "AUC");
    columns.put("ece", "ECE");
    columns.put("mae", "MAE");
    columns.put("rmse", "RMSE");
    columns.put("r2", "R2");
    return columns;
  }

  /** Counts, a table with the best learner first, and what is to be said of it. */
  public static List<String> lines(EvaluationResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d records, %,d unlabelled, %,d dead letters; %.1f s, %,.0f records/s",
            result.records(),
            result.unlabelled(),
            result.deadLetters(),
            result.seconds(),
            result.recordsPerSecond()));
    result.firstDeadLetter().ifPresent(first -> lines.add("  the first dead letter: " + first));
    lines.add("");
    lines.addAll(table(result));
    List<String> remarks = remarks(result);
    if (!remarks.isEmpty()) {
      lines.add("");
      lines.addAll(remarks);
    }
    return lines;
  }

  private static List<String> table(EvaluationResult result) {
    List<LearnerFigures> learners = result.learners();
    List<String> shown =
        COLUMNS.keySet().stream()
            .filter(figure -> learners.stream().anyMatch(l -> l.figure(figure).isPresent()))
            .toList();
    boolean keyed = learners.stream().anyMatch(learner -> learner.models() > 1);
    List<String> header = new ArrayList<>(List.of("learner"));
    if (keyed) {
      header.add("models");
    }
    shown.forEach(figure -> header.add(COLUMNS.getOrDefault(figure, figure)));
    header.add("");
    Table.Alignment[] columns = new Table.Alignment[header.size()];
    java.util.Arrays.fill(columns, Table.RIGHT);
    columns[0] = Table.LEFT;
    columns[columns.length - 1] = Table.LEFT;
    Table table = new Table(columns);
    table.row(header.toArray(String[]::new));
    for (LearnerFigures learner : learners) {
      List<String> row = new ArrayList<>(List.of(learner.id()));
      if (keyed) {
        row.add(Figures.count(learner.models()));
      }
      shown.forEach(figure -> row.add(Figures.figure(learner.figure(figure))));
      row.add(learner.baseline() ? "baseline" : "");
      table.row(row.toArray(String[]::new));
    }
    return table.lines();
  }

  private static List<String> remarks(EvaluationResult result) {
    List<String> remarks = new ArrayList<>();
    if (result.records() == result.unlabelled()) {
      remarks.add("No record has a label: nothing was learned or scored.");
      return remarks;
    }
    result
        .succession()
        .remark()
        .ifPresent(
            remark ->
                remarks.add(
                    remark
                        + " Look at no-change before praising a learner, and keep to parallelism 1"
                        + " or models per key. If the file is only sorted, try --shuffle 1."));
    beaten(result).ifPresent(remarks::add);
    return remarks;
  }

  /** A note when no learner beats the best baseline. */
  private static Optional<String> beaten(EvaluationResult result) {
    Ranking ranking = Ranking.of(result.target());
    Optional<LearnerFigures> baseline =
        result.learners().stream().filter(LearnerFigures::baseline).findFirst();
    Optional<LearnerFigures> learner =
        result.learners().stream().filter(l -> !l.baseline()).findFirst();
    if (baseline.isEmpty()
        || learner.isEmpty()
        || ranking.cost(learner.get()) < ranking.cost(baseline.get())) {
      return Optional.empty();
    }
    return Optional.of(
        "No learner beats the baseline %s: %s %s, the best learner %s has %s."
            .formatted(
                baseline.get().id(),
                ranking.title(),
                Figures.figure(baseline.get().figure(ranking.figure())),
                learner.get().id(),
                Figures.figure(learner.get().figure(ranking.figure()))));
  }
}
