package io.anabranch.local.run;

import io.anabranch.local.feed.Feeder;
import io.anabranch.local.feed.InputTopics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when all that was fed is read. Asked again and again, never blocks for long. */
final class Completion {
  private static final Logger LOG = LoggerFactory.getLogger(Completion.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Feeder feeder;
  private final RunningJob job;
  private final Admin admin;
  private final String group;
  private final Set<String> topics;
  private Optional<FedOffsets> fed = Optional.empty();
  private long lastAsked;

  Completion(Feeder feeder, RunningJob job, Admin admin, String group, Set<String> topics) {
    this.feeder = feeder;
    this.job = job;
    this.admin = admin;
    this.group = group;
    this.topics = topics;
    lastAsked = System.nanoTime() - PAUSE_NANOS;
  }

  /** Whether every record that was fed has been read, so that a savepoint taken now covers it. */
  boolean reached() throws InterruptedException {
    if (!feeder.finished() || !noteEnds()) {
      return false;
    }
    FedOffsets ends = fed.orElseThrow();
    if (ends.covers(job.positions())) {
      return true;
    }
    // A partition that was read to its end before this run began: only the group knows of it.
    if (System.nanoTime() - lastAsked < PAUSE_NANOS) {
      return false;
    }
    lastAsked = System.nanoTime();
    return ends.coveredByGroup(job.positions(), PATIENCE);
  }

  /** Whether the group has committed all that was fed; true also when that can't be told. */
  boolean committed() throws InterruptedException {
    return fed.isEmpty() || fed.get().coveredByGroup(job.lastPositions(), PATIENCE);
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
