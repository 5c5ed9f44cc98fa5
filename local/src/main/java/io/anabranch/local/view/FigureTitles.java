package io.anabranch.local.view;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures worth a column, and what the columns are called. */
public final class FigureTitles {
  private static final List<Map.Entry<String, String>> COLUMNS =
      List.of(
          Map.entry("accuracy", "accuracy"),
          Map.entry("holdoutAccuracy", "held out"), // of the figure before
          Map.entry("kappa", "kappa"),
          Map.entry("logLoss", "log loss"),
          Map.entry("auc", "AUC"),
          Map.entry("mae", "MAE"),
          Map.entry("rmse", "RMSE"),
          Map.entry("r2", "R2"),
          Map.entry("holdoutR2", "held out"));

  private FigureTitles() {}

  /**
   * The columns of a table, figure and title, in order.
   *
   * @param defined the figures that each learner has
   */
  public static List<Map.Entry<String, String>> of(Collection<Set<String>> defined) {
    return COLUMNS.stream()
        .filter(column -> defined.stream().anyMatch(names -> names.contains(column.getKey())))
        .toList();
  }
}
