package io.anabranch.local.view;

import io.anabranch.local.feed.FeedProgress;
import io.anabranch.local.output.MetricsLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run is at one moment.
 *
 * @param recordsPerSecond records decoded per second, lately
 * @param trouble why the job is restarting; empty when it is not
 * @param addresses where web UI and broker are
 */
public record Status(
    String pipeline,
    Duration elapsed,
    double recordsPerSecond,
    List<FeedProgress> feeds,
    List<LearnerStatus> learners,
    Optional<CheckpointStatus> checkpoint,
    Optional<String> trouble,
    String addresses) {
  /** Copies the lists. */
  public Status {
    feeds = List.copyOf(feeds);
    learners = List.copyOf(learners);
  }

  /**
   * How a learner is.
   *
   * @param cumulative its last figures over everything
   * @param window its last figures over a window
   */
  public record LearnerStatus(
      String id, Optional<MetricsLine> cumulative, Optional<MetricsLine> window) {}

  /**
   * The newest checkpoint.
   *
   * @param age since it was completed
   * @param bytes its size
   */
  public record CheckpointStatus(Duration age, long bytes) {}

  /** A count of the input, as the learner that reported last knows it. */
  long input(String count) {
    return learners.stream()
        .flatMap(learner -> learner.cumulative().stream())
        .mapToLong(line -> line.count(count))
        .max()
        .orElse(0);
  }
}
