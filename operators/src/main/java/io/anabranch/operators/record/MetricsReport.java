package io.anabranch.operators.record;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A line for the metrics topic.
 *
 * @param learner the learner's id
 * @param window the nominal window length in scored examples; 0 = cumulative
 * @param time processing time of the report, epoch ms
 * @param examples examples learned: in all when cumulative, within the window otherwise
 * @param scored predictions scored: in all when cumulative, within the window otherwise
 * @param input what decoding counted in all (cumulative reports only, else NONE)
 * @param figures accuracy, kappa, kappaTemporal, logLoss, auc, ece, mae, rmse, r2: those defined;
 *     in cumulative reports also those of held-out examples, such as holdoutAccuracy, and how many
 *     these were, and how often a detector found a drift
 * @param hotKeys the keys that come most, lately, with their shares of all records; in cumulative
 *     reports only
 */
@TypeInfo(RecordTypes.Factory.class)
public record MetricsReport(
    String learner,
    int window,
    long time,
    long examples,
    long scored,
    InputCounts input,
    SortedMap<String, Double> figures,
    SortedMap<String, Double> hotKeys) {
  /** The figure that counts the scored predictions of held-out examples. */
  public static final String HOLDOUT_SCORED = "holdoutScored";

  /** The figure that counts drifts; there when a detector watches. */
  public static final String DRIFTS = "drifts";

  /** A report without hot keys. */
  public MetricsReport(
      String learner,
      int window,
      long time,
      long examples,
      long scored,
      InputCounts input,
      SortedMap<String, Double> figures) {
    this(learner, window, time, examples, scored, input, figures, new TreeMap<>());
  }

  /** Whether a figure is a whole number. */
  public static boolean isCount(String figure) {
    return figure.equals(HOLDOUT_SCORED) || figure.equals(DRIFTS);
  }
}
