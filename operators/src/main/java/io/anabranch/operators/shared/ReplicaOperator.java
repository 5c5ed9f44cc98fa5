package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.operators.evaluation.DriftWatch;
import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.PredictionRecord;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * What operators have in common that predict and learn on replicas, which are caches: weights come
 * back to them between records, what they learned leaves before each checkpoint barrier and at the
 * end of input, and so they have no state but that of a drift detector.
 */
public abstract class ReplicaOperator extends AbstractStreamOperator<PredictionRecord>
    implements OneInputStreamOperator<Example, PredictionRecord>, BoundedOneInput {
  // -- configuration

  private final String learner;
  private final DriftDetection detection;
  private final Target target;

  // -- runtime

  private final transient MailboxExecutor mailbox;
  private transient DriftWatch drift;
  private transient FeedbackChannel channel;
  private transient boolean ended;

  /** An operator of one learner. */
  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  protected ReplicaOperator(
      StreamOperatorParameters<PredictionRecord> parameters,
      String learner,
      DriftDetection detection,
      Target target) {
    this.learner = learner;
    this.detection = detection;
    this.target = target;
    mailbox = parameters.getMailboxExecutor();
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    processingTimeService = parameters.getProcessingTimeService();
  }

  @Override
  public final void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    drift = DriftWatch.of(detection, target, context.getOperatorStateStore());
  }

  @Override
  public final void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    drift.snapshot();
  }

  /** What watches this subtask's predictions. */
  protected final DriftWatch drift() {
    return drift;
  }

  /** Runs what is to be done between records. */
  protected final MailboxExecutor mailbox() {
    return mailbox;
  }

  /**
   * Begins to take up, between records, what is sent to this subtask.
   *
   * @param epoch this run of the job
   */
  protected final FeedbackChannel connect(long epoch, Consumer<WeightsMessage> taker) {
    Environment environment = getContainingTask().getEnvironment();
    channel =
        FeedbackHub.open(
            new FeedbackHub.Address(
                environment.getJobID().toString(),
                learner,
                environment.getTaskInfo().getIndexOfThisSubtask(),
                epoch));
    channel.listen(() -> mailbox.execute(() -> channel.takeUp(taker), "weights of " + learner));
    return channel;
  }

  /** Lets all leave that was learned and scored. */
  protected abstract void shipAll();

  @Override
  public final void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    if (!ended) {
      shipAll();
    }
  }

  @Override
  public void endInput() {
    shipAll();
    ended = true;
  }

  @Override
  public void close() throws Exception {
    if (channel != null) { // open() may have failed
      channel.close();
    }
    super.close();
  }
}
