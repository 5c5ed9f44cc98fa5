package io.anabranch.local.view;

import io.anabranch.local.feed.FeedProgress;
import io.anabranch.local.output.MetricsLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run is at one moment.
 *
 * @param target the field that the label is read from
 * @param parallelism how many subtasks share the work
 * @param recordsPerSecond records decoded per second, lately
 * @param deadLetter why and where the last dead letter arose
 * @param outage how long Kafka has not answered; empty when it does
 * @param trouble why the job is restarting; empty when it is not
 * @param addresses where web UI and broker are
 */
public record Status(
    String pipeline,
    String target,
    int parallelism,
    Duration elapsed,
    double recordsPerSecond,
    List<FeedProgress> feeds,
    List<LearnerStatus> learners,
    Optional<CheckpointStatus> checkpoint,
    Optional<String> deadLetter,
    Optional<Outage> outage,
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
   * @param model how fresh its model is
   */
  public record LearnerStatus(
      String id,
      Optional<MetricsLine> cumulative,
      Optional<MetricsLine> window,
      Optional<ModelStatus> model) {}

  /** How fresh a learner's model is, or how many there are. */
  public sealed interface ModelStatus {
    /**
     * A shared model.
     *
     * @param examplesBehind how many examples of other trainers the trainer that is furthest behind
     *     did not know before its last weights came
     * @param age since the checkpoint of its version; empty before the first one
     */
    record Shared(long examplesBehind, Optional<Duration> age) implements ModelStatus {}

    /**
     * A model for each key.
     *
     * @param onHeap how many of them are on the heap
     */
    record PerKey(long onHeap) implements ModelStatus {}

    /**
     * One model whose members are spread over subtasks.
     *
     * @param members how many there are
     */
    record Ensemble(long members) implements ModelStatus {}
  }

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
