package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.broker.BrokerException;
import io.anabranch.local.broker.EmbeddedBroker;
import io.anabranch.local.feed.Feed;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.Feeder;
import io.anabranch.local.feed.InputTopics;
import io.anabranch.local.feed.TopicShape;
import io.anabranch.local.view.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.RestoreMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of a pipeline: everything is checked first, then started, watched, stopped, summed up. */
public final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  /** Snapshots kept: the newest, and the one before in case it is broken. */
  private static final int SNAPSHOTS_KEPT = 2;

  private final Pipeline pipeline;
  private final RunHome home;
  private final RunOptions options;
  private final List<Feed> feeds;
  private final int parallelism;
  private final Duration patience;

  private PipelineRun(
      Pipeline pipeline, RunHome home, RunOptions options, List<Feed> feeds, Duration patience) {
    this.pipeline = pipeline;
    this.home = home;
    this.options = options;
    this.feeds = feeds;
    this.parallelism = parallelism(pipeline, options.parallelism());
    this.patience = patience;
  }

  /**
   * Checks everything that can be checked before anything is started.
   *
   * @param patience how long a broker or a missing input topic is waited for
   * @throws RunFailure with status {@link RunFailure#INVALID}
   */
  public static PipelineRun check(
      Pipeline pipeline, RunHome home, RunOptions options, Duration patience) throws RunFailure {
    List<Feed> feeds = new ArrayList<>();
    try {
      for (String feed : options.feeds()) {
        feeds.add(Feed.parse(feed, List.of(TopicShape.of(pipeline.input()))));
      }
    } catch (FeedException e) {
      throw RunFailure.invalid(e);
    }
    if (options.out().isPresent()) {
      checkOut(options.out().get());
    }
    return new PipelineRun(pipeline, home, options, feeds, patience);
  }

  private static void checkOut(Path out) throws RunFailure {
    try {
      Files.createDirectories(out);
      try (Stream<Path> entries = Files.list(out)) {
        if (entries.findAny().isPresent()) {
          throw RunFailure.invalid("--out " + out + ": must be empty or absent, and holds files");
        }
      }
      Files.delete(Files.createTempFile(out, "writable", ""));
    } catch (IOException e) {
      throw RunFailure.invalid("--out " + out + ": cannot be written: " + e, e);
    }
  }

  /**
   * The parallelism that was asked for, or that of the pipeline file, or two where there are cores.
   */
  public static int parallelism(Pipeline pipeline, OptionalInt wanted) {
    Configuration flink = Configuration.fromMap(pipeline.flink());
    int cores = Runtime.getRuntime().availableProcessors();
    return wanted.orElseGet(
        () -> flink.getOptional(CoreOptions.DEFAULT_PARALLELISM).orElse(Math.min(2, cores)));
  }

  /** How many partitions a run gives the input topic when it creates it. */
  public static int fedPartitions(Pipeline pipeline, int parallelism) {
    // Without a key nothing spreads records over partitions but chance, and order would be lost.
    return pipeline.input().key().isPresent() ? parallelism : 1;
  }

  /**
   * Runs until it is told to stop, all is fed (if that was asked for), or the job fails.
   *
   * @throws RunFailure when it failed; the summary is written all the same
   */
  public void run(Screen screen, StopSignal stop) throws RunFailure, InterruptedException {
    try (Closing closing = new Closing()) {
      start(closing, screen, stop).run(screen, stop);
    }
  }

  private Session start(Closing closing, Screen screen, StopSignal stop)
      throws RunFailure, InterruptedException {
    try {
      // Two runs would delete each other's snapshots, long before one notices the other's job.
      closing.add(home.lock(pipeline.name()));
      Pipeline reachable = options.embedded() ? embedded(closing, screen) : pipeline;
      Map<String, Object> client = KafkaAccess.settings(reachable.kafka());
      Admin admin = closing.add(KafkaAccess.admin(client, patience));
      createFedTopics(admin, reachable);
      Map<String, Integer> limits;
      try (StopSignal.Interruptible waiting = stop.interrupts(Thread.currentThread())) {
        limits = JobStart.prepare(reachable, parallelism, patience);
      }
      home.clearScratch();
      closing.add(this::tidyUp);
      Configuration settings =
          LocalSettings.of(reachable, home, parallelism, options.metricsPort());
      JobGraph job = JobStart.define(reachable, settings, parallelism, limits);
      boolean resumed = restoreNewest(job, screen);
      Results results = closing.add(Results.open(reachable, options, resumed, client, admin));
      LocalFlink flink = closing.add(LocalFlink.start(settings, parallelism));
      screen.print(List.of("Flink runs at " + flink.webUi() + "; starting the job ..."));
      Feeder feeder = closing.add(new Feeder(feeds, client, options.rate()));
      Set<String> inputs = Set.of(reachable.input().topic());
      RunningJob running = flink.submit(job);
      Completion completion =
          new Completion(feeder, running, admin, reachable.consumerGroup(), inputs);
      String addresses = "Flink UI " + flink.webUi() + "   Kafka " + reachable.kafka().bootstrap();
      BrokerWatch brokers = closing.add(BrokerWatch.start(admin, reachable.kafka().bootstrap()));
      GroupCommit commit = new GroupCommit(admin, reachable.consumerGroup());
      return new Session(
          reachable,
          home,
          running,
          feeder,
          results,
          addresses,
          commit,
          brokers,
          options.untilFed() ? Optional.of(completion) : Optional.empty());
    } catch (FeedException e) {
      throw RunFailure.invalid(e);
    } catch (RunFailure e) {
      writeEmptySummary();
      throw e;
    }
  }

  private void writeEmptySummary() {
    try {
      if (options.out().isPresent()) {
        Results.writeNothing(pipeline, options.out().get());
      }
    } catch (IOException e) {
      LOG.warn("the summary cannot be written", e);
    }
  }

  private Pipeline embedded(Closing closing, Screen screen) throws RunFailure {
    try {
      EmbeddedBroker broker = closing.add(EmbeddedBroker.start(home.broker()));
      screen.print(List.of("Kafka runs at " + broker.bootstrap() + ", data in " + home.broker()));
      return EmbeddedPipeline.at(pipeline, broker.bootstrap());
    } catch (BrokerException e) {
      throw RunFailure.failed(e);
    }
  }

  private void createFedTopics(Admin admin, Pipeline reachable)
      throws RunFailure, InterruptedException {
    int partitions = fedPartitions(reachable, parallelism);
    try {
      for (Feed feed : feeds) {
        new InputTopics(admin).create(feed.topic(), partitions);
      }
    } catch (ExecutionException e) {
      throw KafkaAccess.failure(e, reachable.kafka(), patience, "an input topic cannot be created");
    }
  }

  /** True when the job goes on from a snapshot. */
  private boolean restoreNewest(JobGraph job, Screen screen) throws RunFailure {
    try {
      Snapshots snapshots = new Snapshots(home.snapshots());
      snapshots.prune(SNAPSHOTS_KEPT);
      Optional<Snapshot> newest = options.fresh() ? Optional.empty() : snapshots.newest();
      if (newest.isPresent()) {
        screen.print(List.of("resuming from " + newest.get().path()));
        // State that nobody asks for is that of learners which the pipeline no longer has.
        // NO_CLAIM: what this run writes stands by itself, so that older snapshots can be deleted.
        job.setSavepointRestoreSettings(
            SavepointRestoreSettings.forPath(newest.get().path(), true, RestoreMode.NO_CLAIM));
      }
      return newest.isPresent();
    } catch (IOException e) {
      throw RunFailure.failed(
          "checkpoints in " + home.snapshots() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** After Flink is closed, before the lock is. A failure here costs disk space, not the run. */
  private void tidyUp() {
    home.clearScratch();
    try {
      new Snapshots(home.snapshots()).prune(SNAPSHOTS_KEPT);
    } catch (IOException e) {
      LOG.warn("old checkpoints could not be deleted", e);
    }
  }
}
