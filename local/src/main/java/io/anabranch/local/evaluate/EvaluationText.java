package io.anabranch.local.evaluate;

import io.anabranch.local.view.FigureTitles;
import io.anabranch.local.view.Figures;
import io.anabranch.local.view.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an evaluation found, for a terminal. */
public final class EvaluationText {
  private EvaluationText() {}

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
    List<Map.Entry<String, String>> shown =
        FigureTitles.of(learners.stream().map(learner -> learner.figures().keySet()).toList());
    boolean keyed = learners.stream().anyMatch(learner -> learner.models() > 1);
    List<String> header = new ArrayList<>(List.of("learner"));
    if (keyed) {
      header.add("models");
    }
    shown.forEach(column -> header.add(column.getValue()));
    header.add("");
    TextTable table = new TextTable(1, header.size() - 1);
    table.row(header.toArray());
    for (LearnerFigures learner : learners) {
      List<String> row = new ArrayList<>(List.of(learner.id()));
      if (keyed) {
        row.add(Figures.count(learner.models()));
      }
      shown.forEach(
          column -> row.add(Figures.figure(column.getKey(), learner.figure(column.getKey()))));
      row.add(learner.baseline() ? "baseline" : "");
      table.row(row.toArray());
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
                Figures.figure(ranking.figure(), baseline.get().figure(ranking.figure())),
                learner.get().id(),
                Figures.figure(ranking.figure(), learner.get().figure(ranking.figure()))));
  }
}
