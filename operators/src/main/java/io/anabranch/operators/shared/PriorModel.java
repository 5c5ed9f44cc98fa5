package io.anabranch.operators.shared;

import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.flink.Epochs;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.execution.Environment;

/**
 * A shared model as another learner's new keys start from it: one replica for each subtask, brought
 * by the receiver of the same index.
 */
public final class PriorModel implements AutoCloseable {
  private final PriorStart start;
  private final AssembledModel model;
  private final FeedbackChannel channel;

  private PriorModel(PriorStart start, AssembledModel model, FeedbackChannel channel) {
    this.start = start;
    this.model = model;
    this.channel = channel;
  }

  /**
   * Waits until the model is whole, in an operator's {@code open}: the task is INITIALIZING
   * meanwhile, and no key starts from half a model.
   *
   * @param settings of the models to start
   */
  public static PriorModel open(
      PriorSpec spec,
      LearnerSettings settings,
      Environment environment,
      MailboxExecutor mailbox,
      ClassLoader loader)
      throws InterruptedException {
    FeedbackChannel channel =
        FeedbackHub.open(
            new FeedbackHub.Address(
                environment.getJobID().toString(),
                spec.channel(),
                environment.getTaskInfo().getIndexOfThisSubtask(),
                Epochs.of(environment)));
    SharedSpec shared = spec.shared();
    PriorModel prior =
        new PriorModel(
            new PriorStart(spec, shared.provider(loader), settings),
            new AssembledModel(shared.replica(loader)),
            channel);
    channel.listen(() -> mailbox.execute(prior::takeUp, "weights of " + shared.learner()));
    ModelArrival arrival = new ModelArrival(spec.follower(), mailbox, channel);
    try {
      arrival.await(prior.model::complete, ModelArrival.PATIENCE_MILLIS);
    } catch (InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return prior;
  }

  private void takeUp() {
    channel.takeUp(model::take);
  }

  /** The shared model as it is: it predicts what a model that starts from it would predict. */
  public Learner replica() {
    return model.replica();
  }

  /**
   * A model that starts from it, of at most a hundredth of its examples ago.
   *
   * @throws IllegalStateException when it would not fit where models go
   */
  public Learner fresh() {
    return start.fresh(model.replica());
  }

  /** How many bytes the last one takes as written. */
  public int freshBytes() {
    return start.bytes();
  }

  @Override
  public void close() {
    channel.close();
  }
}
