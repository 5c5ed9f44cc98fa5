package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.local.output.Commits;
import io.anabranch.local.output.DeadLetterWatch;
import io.anabranch.local.output.LatestMetrics;
import io.anabranch.local.output.MetricsWatch;
import io.anabranch.local.output.OutputCollector;
import io.anabranch.local.output.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What comes out of a run: figures to look at, output files, and the summary. */
final class Results implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MARKS_PATIENCE = Duration.ofSeconds(10);
  private static final String SUMMARY = "summary.json";

  private final Pipeline pipeline;
  private final Admin admin;
  private final Optional<Path> out;
  private final LatestMetrics latest;
  private final Map<TopicPartition, Long> history;
  private final long recordsBefore;
  private final MetricsWatch watch;
  private final DeadLetterWatch deadLetters;
  private final Optional<OutputCollector> collector;

  private Results(
      Pipeline pipeline,
      RunOptions options,
      boolean resumed,
      Map<String, Object> client,
      Admin admin)
      throws IOException {
    this.pipeline = pipeline;
    this.admin = admin;
    out = options.out();
    String metrics = topic(Output.METRICS);
    latest = new LatestMetrics(client, metrics);
    history = resumed ? Map.of() : latest.ends();
    recordsBefore = Summary.input(latest.since(history).values(), "records");
    watch = new MetricsWatch(client, metrics);
    deadLetters = new DeadLetterWatch(client, topic(Output.DEAD_LETTERS));
    Optional<OutputCollector> files = Optional.empty();
    if (out.isPresent()) {
      files =
          Optional.of(
              new OutputCollector(
                  out.get(),
                  client,
                  Set.copyOf(pipeline.topics().values()),
                  topic(Output.DEAD_LETTERS)));
    }
    collector = files;
  }

  /**
   * Opens everything before the job starts, so that nothing is missed; the topics exist.
   *
   * @param resumed whether the job goes on from a snapshot, and the figures with it
   * @param admin used, and not closed
   */
  static Results open(
      Pipeline pipeline,
      RunOptions options,
      boolean resumed,
      Map<String, Object> client,
      Admin admin)
      throws RunFailure {
    try {
      return new Results(pipeline, options, resumed, client, admin);
    } catch (IOException | KafkaException e) {
      throw RunFailure.failed(
          "the output topics cannot be read from Kafka at "
              + pipeline.kafka().bootstrap()
              + ": "
              + Causes.shortest(e),
          e);
    }
  }

  private String topic(Output output) {
    String topic = pipeline.topics().get(output);
    if (topic == null) {
      throw new IllegalStateException("pipeline without a topic for " + output.text());
    }
    return topic;
  }

  MetricsWatch watch() {
    return watch;
  }

  DeadLetterWatch deadLetters() {
    return deadLetters;
  }

  /** Brings the output files to the end of what is committed, and sums up. */
  Summary finish(double seconds) throws RunFailure, InterruptedException {
    try {
      Commits.awaitMarks(admin, pipeline.name() + ".", MARKS_PATIENCE);
      if (collector.isPresent()) {
        collector.get().finish(PATIENCE);
      }
      Summary summary =
          Summary.of(pipeline.name(), ids(pipeline), latest.since(history), recordsBefore, seconds);
      if (out.isPresent()) {
        summary.write(out.get().resolve(SUMMARY));
      }
      return summary;
    } catch (IOException | KafkaException e) {
      throw RunFailure.failed("the results cannot be written: " + e.getMessage(), e);
    }
  }

  /** Writes the summary of a run that failed before its job had started. */
  static void writeNothing(Pipeline pipeline, Path out) throws IOException {
    Path file = out.resolve(SUMMARY);
    if (!Files.exists(file)) {
      Summary.of(pipeline.name(), ids(pipeline), Map.of(), 0, 0).write(file);
    }
  }

  private static List<String> ids(Pipeline pipeline) {
    return pipeline.learners().stream().map(LearnerEntry::id).toList();
  }

  /** Where the results lie. */
  List<String> places() {
    return List.of(
        out.map(dir -> "output files and " + SUMMARY + " are in " + dir)
            .orElse(
                "output topics: "
                    + String.join(", ", new TreeSet<>(pipeline.topics().values()))
                    + " (--out DIR writes them to files as well)"),
        "the next run goes on from here; --fresh starts anew");
  }

  @Override
  public void close() {
    watch.close();
    deadLetters.close();
    collector.ifPresent(OutputCollector::close);
  }
}
