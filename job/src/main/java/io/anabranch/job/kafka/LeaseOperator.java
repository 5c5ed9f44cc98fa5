package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.operators.record.ModelRecord;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds the lease of the pipeline inside the job, for as long as the job lives. Takes manifests,
 * because they come out of one subtask, and ignores them.
 */
final class LeaseOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<ModelRecord.Manifest, Void> {
  // -- configuration

  private final Pipeline pipeline;

  // -- runtime

  private transient Optional<LeaseHolder> holder;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  LeaseOperator(Pipeline pipeline) {
    this.pipeline = pipeline;
    chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    holder = Optional.of(new LeaseHolder(pipeline, getRuntimeContext().getJobInfo().getJobId()));
  }

  @Override
  public void processElement(StreamRecord<ModelRecord.Manifest> element) {
    requireLease();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    requireLease();
  }

  private void requireLease() {
    holder
        .flatMap(LeaseHolder::lost)
        .ifPresent(
            reason -> {
              // A restart would not help: the other run is there to stay.
              throw new SuppressRestartsException(reason);
            });
  }

  @Override
  public void close() throws Exception {
    if (holder != null && holder.isPresent()) {
      holder.get().close();
    }
    super.close();
  }
}
