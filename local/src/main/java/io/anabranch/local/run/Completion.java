package io.anabranch.local.run;

import io.anabranch.local.feed.Feeder;
import io.anabranch.local.feed.InputTopics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when all that was fed is processed and committed. Takes checkpoints of its own when the
 * feeds are done, rather than wait for the next regular one. Asked again and again, never blocks
 * for long.
 */
final class Completion {
  private static final Logger LOG = LoggerFactory.getLogger(Completion.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();

  /**
   * Offsets are committed after the checkpoint completes; so often the broker is asked for them.
   */
  private static final int ASKED_PER_CHECKPOINT = 5;

  private final Feeder feeder;
  private final RunningJob job;
  private final Admin admin;
  private final String group;
  private final Set<String> topics;
  private Optional<FedOffsets> fed = Optional.empty();
  private Optional<CompletableFuture<Long>> checkpoint = Optional.empty();
  private long lastTrigger;
  private int asked;

  Completion(Feeder feeder, RunningJob job, Admin admin, String group, Set<String> topics) {
    this.feeder = feeder;
    this.job = job;
    this.admin = admin;
    this.group = group;
    this.topics = topics;
  }

  /** Whether it is all done. */
  boolean reached() throws InterruptedException {
    if (!feeder.finished() || !noteEnds()) {
      return false;
    }
    if (checkpoint.isPresent() && !checkpoint.get().isDone()) {
      return false;
    }
    if (checkpoint.isPresent() && asked < ASKED_PER_CHECKPOINT) {
      asked++;
      return fed.orElseThrow().reached(PATIENCE);
    }
    if (System.nanoTime() - lastTrigger > PAUSE_NANOS) {
      lastTrigger = System.nanoTime();
      asked = 0;
      // One that fails, as while the job restarts, is followed by the next.
      checkpoint = Optional.of(job.checkpoint());
    }
    return false;
  }

  private boolean noteEnds() throws InterruptedException {
    if (fed.isEmpty()) {
      try {
        fed = Optional.of(new FedOffsets(admin, group, new InputTopics(admin).ends(topics)));
      } catch (ExecutionException e) {
        LOG.info("the ends of {} are not known yet", topics, e);
      }
    }
    return fed.isPresent();
  }
}
