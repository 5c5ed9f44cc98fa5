package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.FeedbackChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;

/** Waits in an operator's {@code open} until the backward edge has brought a whole model. */
final class ModelArrival {
  static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private final String learner;
  private final MailboxExecutor mailbox;
  private final FeedbackChannel channel;

  ModelArrival(String learner, MailboxExecutor mailbox, FeedbackChannel channel) {
    this.learner = learner;
    this.mailbox = mailbox;
    this.channel = channel;
  }

  /**
   * Stays until the model is whole; meanwhile the task is INITIALIZING and no checkpoint starts.
   *
   * @throws IllegalStateException when it does not come in time
   */
  void await(BooleanSupplier complete, long patienceMillis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (!complete.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        throw new IllegalStateException(
            "learner '"
                + learner
                + "': no complete model after "
                + patienceMillis
                + " ms; is its receiver in another TaskManager? Trainers and receivers must share"
                + " one co-location group and one parallelism");
      }
      step();
    }
  }

  /** Others of this chain may need the mailbox as well, so mails run first. */
  void step() throws InterruptedException {
    if (!mailbox.tryYield()) {
      channel.await(10);
    }
  }
}
