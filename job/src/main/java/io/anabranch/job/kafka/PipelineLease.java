package io.anabranch.job.kafka;

import io.anabranch.operators.record.ModelRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Places the lease of a pipeline into its job. */
public final class PipelineLease {
  private PipelineLease() {}

  /**
   * Holds the lease as long as the job lives.
   *
   * @param manifests any stream out of one subtask; its elements are ignored
   */
  public static void attach(DataStream<ModelRecord.Manifest> manifests, RunTurn turn) {
    manifests
        .transform("lease", Types.VOID, new LeaseOperator(turn))
        .uid("lease")
        .forceNonParallel();
  }
}
