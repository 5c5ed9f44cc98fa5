package io.anabranch.cluster;

import io.anabranch.cluster.flink.FlinkCluster;
import io.anabranch.cluster.flink.Job;
import io.anabranch.cluster.kafka.LivePredictions;
import io.anabranch.cluster.learner.LearnerJar;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One pipeline: its file, its job on the cluster, and its live predictions. */
final class PipelineUnderTest implements AutoCloseable {
  static final String INPUT = "cluster.features";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVED = Pattern.compile("Path: (\\S+)");

  private final FlinkFilesOfJob files;
  private final Pipeline pipeline;
  private final LearnerRegistry registry;
  private final LivePredictions live;
  private Optional<Job> job = Optional.empty();

  /** What is handed to Flink's client. */
  record FlinkFilesOfJob(Path pipeline, Path jar, Path learnerJar) {}

  private PipelineUnderTest(
      FlinkFilesOfJob files, Pipeline pipeline, LearnerRegistry registry, LivePredictions live) {
    this.files = files;
    this.pipeline = pipeline;
    this.registry = registry;
    this.live = live;
  }

  /** Writes the pipeline's file. */
  static PipelineUnderTest write(String name, String bootstrap, Path directory, Path jobJar)
      throws IOException, PipelineException {
    Path learnerJar = LearnerJar.write(directory.resolve(name + "-learner.jar"));
    String text = text(name, bootstrap);
    Path file = Files.writeString(directory.resolve(name + ".yaml"), text);
    LearnerRegistry registry =
        new LearnerRegistry(
            new URLClassLoader(
                new URL[] {learnerJar.toUri().toURL()}, PipelineUnderTest.class.getClassLoader()));
    Pipeline pipeline =
        PipelineFile.read(file.toString(), text, List.of(), variable -> Optional.empty(), registry);
    return new PipelineUnderTest(
        new FlinkFilesOfJob(file, jobJar, learnerJar),
        pipeline,
        registry,
        new LivePredictions(bootstrap, predictions(pipeline)));
  }

  /** The pipeline file: learners of each placement, every one of them checked afterwards. */
  private static String text(String name, String bootstrap) {
    return """
        pipeline: %s
        kafka: {bootstrap: "%s"}
        input: {topic: %s, id: id, key: key}
        target: {field: label, type: binary, positive: 1}
        learners:
          - {id: everyone, type: logistic-regression, placement: shared, exchange: {examples: 200}}
          - {id: each-key, type: logistic-regression}
          - {id: each-key-bayes, type: naive-bayes}
          - {id: everyone-known, type: logistic-regression, placement: shared, admit: {count: 20}, exchange: {examples: 200}}
          - {id: all, type: majority-class, key: none, split: true}
          - {id: ids, type: id-sum, placement: shared, exchange: {examples: 50, interval: 50ms}}
          - {id: bag, type: partitioned-bagging, placement: ensemble, hyper: {members: 5, memory: 100000}}
        checkpoint: {interval: 2s}
        """
        .formatted(name, bootstrap, INPUT);
  }

  private static String predictions(Pipeline pipeline) {
    return pipeline.name() + ".predictions";
  }

  /** Submits the job as a user would. */
  void submit(FlinkCluster cluster, int parallelism, Optional<String> savepoint)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "-d",
                "-p",
                Integer.toString(parallelism),
                "-C",
                files.learnerJar().toUri().toString()));
    savepoint.ifPresent(path -> arguments.addAll(List.of("-s", path)));
    arguments.addAll(List.of(files.jar().toString(), files.pipeline().toUri().toString()));
    String output = cluster.client(PATIENCE, arguments.toArray(String[]::new));
    job = Optional.of(new Job(cluster, group(SUBMITTED, output)));
  }

  /** Stops the job with a savepoint, and returns where that is. */
  String stop(FlinkCluster cluster, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("stop"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--savepointPath", cluster.files().uri("savepoints"), job().id()));
    return group(SAVED, cluster.client(PATIENCE, arguments.toArray(String[]::new)));
  }

  private static String group(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("flink's client did not say " + pattern + ":\n" + output);
    }
    return matcher.group(1);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  LearnerRegistry registry() {
    return registry;
  }

  /** The job that was submitted last. */
  Job job() {
    return job.orElseThrow();
  }

  LivePredictions live() {
    return live;
  }

  String predictionsTopic() {
    return predictions(pipeline);
  }

  List<String> learners() {
    return pipeline.learners().stream().map(Pipeline.LearnerEntry::id).toList();
  }

  @Override
  public void close() throws InterruptedException {
    live.close();
  }
}
