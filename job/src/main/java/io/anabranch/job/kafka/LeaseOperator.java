package io.anabranch.job.kafka;

import io.anabranch.operators.record.ModelRecord;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Holds the lease of the pipeline inside the job, for as long as the job lives. Takes manifests,
 * because they come out of one subtask, and ignores them.
 */
final class LeaseOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<ModelRecord.Manifest, Void> {
  // -- configuration

  private final RunTurn turn;

  // -- runtime

  private transient Optional<LeaseHolder> holder;

  /** Holds the lease of a pipeline. */
  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  LeaseOperator(RunTurn turn) {
    this.turn = turn;
    chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    JobID job = getRuntimeContext().getJobInfo().getJobId();
    holder = Optional.of(new LeaseHolder(turn.pipeline(), turn.member(job)));
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
    Optional<Exception> lost = holder.flatMap(LeaseHolder::lost);
    if (lost.isPresent()) {
      // A restart helps against anything but another run, which is there to stay.
      throw lost.get() instanceof StartException
          ? new SuppressRestartsException(lost.get())
          : new FlinkRuntimeException(
              "the lease of " + turn.pipeline().name() + " is lost", lost.get());
    }
  }

  @Override
  public void close() throws Exception {
    if (holder != null && holder.isPresent()) {
      holder.get().close();
    }
    super.close();
  }
}
