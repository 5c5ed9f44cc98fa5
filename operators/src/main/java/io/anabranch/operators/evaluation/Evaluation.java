package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Target;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.RecordTypes;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Places the evaluation into a job. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Merges chunks into reports: one per window, and a cumulative one about once a second, before
   * each barrier and at the end of input, if something changed.
   *
   * @param chunks of all learners, and of decoding (by learner id, with an empty sketch)
   * @param target what the learners predict
   * @param window scored examples per window, at least 1
   */
  public static DataStream<MetricsReport> merge(
      DataStream<MetricsChunk> chunks, Target target, int window) {
    return merge(chunks, target, window, "evaluation");
  }

  /**
   * The same under another name, where a job has several evaluations.
   *
   * @param name the operator's name and uid, unique in the job
   */
  public static DataStream<MetricsReport> merge(
      DataStream<MetricsChunk> chunks, Target target, int window, String name) {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, got " + window);
    }
    return chunks
        .keyBy(MetricsChunk::learner, Types.STRING)
        .transform(name, RecordTypes.METRICS_REPORT, new EvaluationMerge(target, window))
        .uid(name);
  }
}
