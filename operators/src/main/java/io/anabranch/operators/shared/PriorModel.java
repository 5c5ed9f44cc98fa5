package io.anabranch.operators.shared;

import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.flink.Epochs;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.execution.Environment;
import org.jspecify.annotations.Nullable;

/**
 * A shared model as another learner's new keys start from it: one replica for each subtask, brought
 * by the receiver of the same index, and the bytes of a model that starts from it. These are
 * written anew when the shared model has learned another hundredth, so that a new key costs reading
 * them and no more.
 */
public final class PriorModel implements AutoCloseable {
  private static final long GROWTH = 100;

  private final LearnerProvider provider;
  private final LearnerSettings settings;
  private final AssembledModel model;
  private final FeedbackChannel channel;
  private byte @Nullable [] start;
  private long startExamples;

  private PriorModel(
      LearnerProvider provider,
      LearnerSettings settings,
      AssembledModel model,
      FeedbackChannel channel) {
    this.provider = provider;
    this.settings = settings;
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
            shared.provider(loader), settings, new AssembledModel(shared.replica(loader)), channel);
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

  /** The model of a new key. */
  public Learner fresh() {
    long examples = model.replica().examples();
    byte[] bytes = start;
    if (bytes == null || examples > startExamples + startExamples / GROWTH) {
      bytes =
          provider.write(
              provider
                  .startFrom(model.replica(), settings)
                  .orElseGet(() -> provider.create(settings)));
      start = bytes;
      startExamples = examples;
    }
    return provider.read(bytes, settings);
  }

  @Override
  public void close() {
    channel.close();
  }
}
