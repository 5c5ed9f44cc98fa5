package io.anabranch.cluster;

import io.anabranch.cluster.check.AdmittedCoordinates;
import io.anabranch.cluster.check.Finding;
import io.anabranch.cluster.check.KeyedModels;
import io.anabranch.cluster.check.MetricsTotals;
import io.anabranch.cluster.check.ModelsTopic;
import io.anabranch.cluster.check.PredictedSequence;
import io.anabranch.cluster.check.PredictionLedger;
import io.anabranch.cluster.check.SplitVersions;
import io.anabranch.cluster.check.Statistics;
import io.anabranch.cluster.check.UninterruptedRun;
import io.anabranch.cluster.feed.FedCounts;
import io.anabranch.cluster.feed.FeedPlan.Place;
import io.anabranch.cluster.kafka.PredictionView;
import io.anabranch.cluster.kafka.Topic;
import io.anabranch.cluster.learner.IdSumProvider;
import io.anabranch.cluster.process.Wait;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.modellog.LearnerLog;
import io.anabranch.modellog.Manifest;
import io.anabranch.modellog.ModelLog;
import io.anabranch.modellog.ModelLogReader;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads all that a pipeline has written, and holds it against what was fed. */
final class Verification implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PipelineUnderTest subject;
  private final String bootstrap;
  private final FedCounts fed;
  private final UninterruptedRun expected;
  private final Topic predictions;
  private final PredictionLedger ledger;
  private final Set<String> ensembles;
  private final Map<String, PredictedSequence> sequences = new TreeMap<>();
  private final Map<String, SplitVersions> splits = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  Verification(TestBed bed, PipelineUnderTest subject, FedCounts fed) {
    this.subject = subject;
    this.bootstrap = bed.broker().bootstrap();
    this.fed = fed;
    expected = new UninterruptedRun(subject.pipeline(), subject.registry(), bed.plan(), fed);
    ledger = new PredictionLedger(subject.learners());
    ensembles =
        subject.pipeline().learners().stream()
            .filter(learner -> learner.placement() == Placement.ENSEMBLE)
            .map(LearnerEntry::id)
            .collect(Collectors.toSet());
    for (LearnerEntry learner : subject.pipeline().learners()) {
      if (learner.split()) {
        splits.put(learner.id(), new SplitVersions());
      }
    }
    predictions = new Topic(bootstrap, subject.predictionsTopic(), true);
  }

  /**
   * Waits for the last prediction, and for the manifests of a checkpoint after it: they say how
   * many examples the state of shards and members counts. (Flink's REST interface can't be asked:
   * after a JobManager was paused it was seen to serve the gauges of an earlier attempt for good.)
   */
  void whileRunning() throws InterruptedException {
    predictions.readUntil(() -> ledger.full(fed), PATIENCE, record -> enter(record.value()));
    for (LearnerEntry learner : subject.pipeline().learners()) {
      if (learner.placement() != Placement.PER_KEY) {
        Wait.within(PATIENCE, () -> counted(learner.id()) == fed.total());
        findings.add(
            Finding.equal(
                "examples in state: " + learner.id(), fed.total(), counted(learner.id())));
      }
    }
  }

  private long counted(String learner) {
    return modelLog()
        .learner(subject.pipeline().name(), learner)
        .flatMap(LearnerLog::manifest)
        .map(Manifest::examples)
        .orElse(-1L);
  }

  private ModelLog modelLog() {
    return new ModelLogReader(Map.of("bootstrap.servers", bootstrap), PATIENCE)
        .read(topic(Output.MODELS));
  }

  /** Reads everything, when the job has ended. */
  List<Finding> afterwards() {
    boolean committed = predictions.readToEnd(PATIENCE, record -> enter(record.value()));
    findings.addAll(0, ledger.findings(fed));
    findings.add(
        new Finding(
            "no transaction was left open",
            committed,
            committed ? "read to the end" : "a committed reader can't get to the end"));
    ModelLog log = modelLog();
    for (LearnerEntry learner : subject.pipeline().learners()) {
      findings.addAll(models(learner, log.learner(subject.pipeline().name(), learner.id())));
    }
    MetricsTotals totals = new MetricsTotals();
    try (Topic metrics = new Topic(bootstrap, topic(Output.METRICS), true)) {
      metrics.readToEnd(PATIENCE, record -> totals.enter(record.value()));
    }
    findings.addAll(totals.findings(subject.learners(), fed));
    return findings;
  }

  private void enter(byte[] value) {
    PredictionView prediction = PredictionView.of(value);
    Place place = Place.of(prediction.id());
    ledger.enter(prediction.learner(), place);
    SplitVersions split = splits.get(prediction.learner());
    if (split != null) {
      split.enter(prediction.version());
    }
    if (expected.predictions().containsKey(prediction.learner())) {
      long version =
          ensembles.contains(prediction.learner())
              ? UninterruptedRun.UNKNOWN_VERSION
              : prediction.version();
      sequences
          .computeIfAbsent(prediction.learner(), learner -> new PredictedSequence())
          .enter(place, version, prediction.probability());
    }
  }

  private List<Finding> models(LearnerEntry learner, Optional<LearnerLog> log) {
    String id = learner.id();
    if (log.isEmpty()) {
      return List.of(new Finding("the models topic is whole: " + id, false, "holds nothing"));
    }
    List<Finding> result = new ArrayList<>();
    result.add(ModelsTopic.whole(id, log.get()));
    if (learner.placement() == Placement.SHARED) {
      result.addAll(shared(learner, log.get()));
      return result;
    }
    result.add(
        KeyedModels.compare(
            id,
            expected.keyedModels().getOrDefault(id, Map.of()),
            ModelsTopic.keyedModels(log.get())));
    if (splits.containsKey(id)) {
      result.add(splits.get(id).finding(id));
    } else {
      result.add(
          PredictedSequence.compare(
              id,
              expected.predictions().getOrDefault(id, new PredictedSequence()),
              sequences.getOrDefault(id, new PredictedSequence())));
    }
    return result;
  }

  private List<Finding> shared(LearnerEntry learner, LearnerLog log) {
    String id = learner.id();
    LearnerProvider provider = subject.registry().find(learner.type()).orElseThrow();
    ExchangeShape shape = provider.mergeRule(learner.settings()).orElseThrow().shape();
    List<Finding> result = new ArrayList<>();
    result.add(
        Statistics.compare(
            id,
            expected.statistics().getOrDefault(id, new Statistics(Map.of())),
            ModelsTopic.statistics(log, shape),
            learner.type().equals(IdSumProvider.TYPE) ? Statistics.EXACT : Statistics.MOMENTS));
    AdmittedCoordinates admitted = expected.admitted().get(id);
    if (learner.coordinates().admits() && admitted != null) {
      result.add(
          admitted.compare(id, ModelsTopic.weighed(log, shape, learner.settings().hashBits())));
    }
    return result;
  }

  private String topic(Output output) {
    return subject.pipeline().name() + "." + output.text();
  }

  @Override
  public void close() {
    predictions.close();
  }
}
