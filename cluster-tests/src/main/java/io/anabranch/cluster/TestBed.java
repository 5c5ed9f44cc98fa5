package io.anabranch.cluster;

import io.anabranch.cluster.feed.FeedPlan;
import io.anabranch.cluster.flink.FlinkCluster;
import io.anabranch.cluster.flink.FlinkFiles;
import io.anabranch.cluster.kafka.BrokerProcess;
import io.anabranch.cluster.kafka.Feeder;
import io.anabranch.cluster.process.ClassJar;
import io.anabranch.cluster.process.Supervised;
import io.anabranch.cluster.process.Wait;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Broker, cluster, pipelines and feed, all in processes and threads that end with this object. */
final class TestBed implements AutoCloseable {
  static final int JOB_MANAGERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final RunOptions options;
  private final FeedPlan plan;
  private final FlinkFiles files;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<PipelineUnderTest> pipelines = new ArrayList<>();
  private final BrokerProcess broker;
  private final FlinkCluster cluster;
  private final Feeder feeder;

  /**
   * Starts all but the jobs.
   *
   * @param settings of Flink, on top of those in {@link FlinkFiles}
   */
  TestBed(RunOptions options, Path root, int taskManagers, Map<String, String> settings)
      throws Exception {
    this.options = options;
    plan = new FeedPlan(options.seed(), options.parallelism() + 1);
    Path home = Path.of(System.getProperty("anabranch.home", "cluster-tests"));
    Path supervisor =
        ClassJar.write(root.resolve("supervisor.jar"), List.of(Supervised.class), Map.of());
    files = new FlinkFiles(root, home.resolve("target/flink-lib"), supervisor);
    List<String> flags =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-"))
            .toList();
    Files.createDirectories(files.logs());
    try {
      broker =
          opened(
              new BrokerProcess(files.data().resolve("broker"), files.logs(), supervisor, flags));
      createInput();
      cluster = opened(FlinkCluster.start(files, flags, settings));
      cluster.complete(JOB_MANAGERS, taskManagers);
      for (int job = 1; job <= options.jobs(); job++) {
        String name = "pipeline-" + job;
        createPredictions(name + ".predictions");
        pipelines.add(
            opened(
                PipelineUnderTest.write(
                    name,
                    broker.bootstrap(),
                    root,
                    home.resolve("../job/target/anabranch-job.jar").toAbsolutePath().normalize())));
      }
      feeder =
          opened(
              new Feeder(plan, PipelineUnderTest.INPUT, broker.bootstrap(), options.perSecond()));
      cluster.awaitTaskManagers(taskManagers);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  private void createInput() throws Exception {
    create(PipelineUnderTest.INPUT, plan.partitions());
  }

  /** Before the job does, so that predictions can be watched from the first one on. */
  private void createPredictions(String topic) throws Exception {
    create(topic, options.parallelism());
  }

  private void create(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  /** Waits until every job runs and every learner has predicted something new of each partition. */
  void awaitLearning() throws InterruptedException {
    for (PipelineUnderTest each : pipelines) {
      each.live().mark();
    }
    for (PipelineUnderTest each : pipelines) {
      Wait.until(
          PATIENCE,
          () -> each.pipeline().name() + " to learn, it is " + each.job().status(),
          () -> each.live().all(streams(each)) != Long.MAX_VALUE && each.job().running());
    }
  }

  /** How many learners times partitions there are. */
  int streams(PipelineUnderTest each) {
    return each.learners().size() * plan.partitions();
  }

  RunOptions options() {
    return options;
  }

  FeedPlan plan() {
    return plan;
  }

  FlinkFiles files() {
    return files;
  }

  BrokerProcess broker() {
    return broker;
  }

  FlinkCluster cluster() {
    return cluster;
  }

  List<PipelineUnderTest> pipelines() {
    return pipelines;
  }

  Feeder feeder() {
    return feeder;
  }

  @Override
  public void close() throws Exception {
    List<AutoCloseable> closing = new ArrayList<>(opened);
    closing.sort(Comparator.comparingInt(opened::indexOf).reversed());
    opened.clear();
    for (AutoCloseable each : closing) {
      each.close();
    }
  }
}
