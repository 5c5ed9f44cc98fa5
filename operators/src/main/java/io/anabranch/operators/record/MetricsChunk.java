package io.anabranch.operators.record;

import io.anabranch.models.metrics.PrequentialSketch;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one subtask scored and learned since it last said so.
 *
 * @param learner the learner's id
 * @param learned examples learned
 * @param input counts of the decoder (from decoding only; {@link InputCounts#NONE} from learners)
 * @param sketch what was scored; merges
 * @param holdout what of it was held out from learning; merges
 * @param drifts how often a drift detector found the errors risen; {@link #UNWATCHED} without one
 * @param keys the keys that come most
 */
@TypeInfo(RecordTypes.Factory.class)
public record MetricsChunk(
    String learner,
    long learned,
    InputCounts input,
    PrequentialSketch sketch,
    PrequentialSketch holdout,
    int drifts,
    KeyCounts keys) {
  /** No detector watches. */
  public static final int UNWATCHED = -1;

  /** A chunk of a learner that no detector watches and whose keys nobody counts. */
  public MetricsChunk(
      String learner,
      long learned,
      InputCounts input,
      PrequentialSketch sketch,
      PrequentialSketch holdout) {
    this(learner, learned, input, sketch, holdout, UNWATCHED, KeyCounts.NONE);
  }
}
