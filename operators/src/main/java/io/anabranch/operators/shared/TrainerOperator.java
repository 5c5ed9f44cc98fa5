package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.operators.evaluation.ScoreBuffer;
import io.anabranch.operators.evaluation.TestThenTrain;
import io.anabranch.operators.exchange.Admission;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FirstTurn;
import io.anabranch.operators.exchange.Holding;
import io.anabranch.operators.exchange.ShippingSchedule;
import io.anabranch.operators.exchange.TrainerExchange;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Predicts every example and learns from the labelled ones, on a replica that is a cache: what it
 * learned is shipped to the shards before each checkpoint barrier, so it has no state but that of a
 * drift detector.
 */
final class TrainerOperator extends ReplicaOperator {
  static final OutputTag<DeltaMessage> DELTAS = new OutputTag<>("deltas", ExchangeTypes.DELTA);
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);

  private static final long METRICS_MILLIS = 200;
  private static final long LAG_MILLIS = 200;

  // -- configuration
  private final SharedSpec spec;
  private final long patienceMillis;

  // -- runtime
  private transient SharedLearner learner;
  private transient @Nullable Admission admission;
  private transient TrainerExchange exchange;
  private transient Precision precision;
  private transient FirstTurn turn;
  private transient ShippingSchedule schedule;
  private transient Holding holding;
  private transient ModelArrival arrival;
  private transient PredictionRecord prediction;
  private transient StreamRecord<PredictionRecord> predictionElement;
  private transient ScoreBuffer scores;
  private transient int trainers;
  private transient RepeatedTimer shipping;
  private transient RepeatedTimer reporting;
  private transient boolean begun;
  private transient TestThenTrain training;
  private transient Counter weightsApplied;

  /**
   * Chained to the source. Trainers yield to their mailbox while they wait, so the source must be
   * one of Flink's current {@code Source} interface, which runs in the mailbox.
   */
  static ChainingFactory<Example, PredictionRecord> factory(SharedSpec spec) {
    return factory(spec, ModelArrival.PATIENCE_MILLIS);
  }

  /**
   * A factory of less patient ones.
   *
   * @param patienceMillis how long to wait for the whole model
   */
  static ChainingFactory<Example, PredictionRecord> factory(SharedSpec spec, long patienceMillis) {
    return new ChainingFactory<>(
        ChainingStrategy.ALWAYS,
        parameters -> new TrainerOperator(parameters, spec, patienceMillis));
  }

  @SuppressWarnings("NullAway.Init") // the runtime fields are set in open()
  private TrainerOperator(
      StreamOperatorParameters<PredictionRecord> parameters, SharedSpec spec, long patienceMillis) {
    super(parameters, spec.learner(), spec.drift(), spec.settings().target());
    this.spec = spec;
    this.patienceMillis = patienceMillis;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Environment environment = getContainingTask().getEnvironment();
    int trainer = environment.getTaskInfo().getIndexOfThisSubtask();
    trainers = environment.getTaskInfo().getNumberOfParallelSubtasks();
    learner = spec.replica(getUserCodeClassloader());
    precision = spec.precision(getUserCodeClassloader());
    long epoch = Epochs.of(environment);
    Metered metered = Metered.learner(getMetricGroup(), spec.learner());
    admission =
        spec.limits().admits() ? new Admission(learner.shape(), spec.settings().hashBits()) : null;
    exchange =
        new TrainerExchange(
            learner,
            trainer,
            epoch,
            admission,
            System::nanoTime,
            metered.seconds(LearningMetric.FRESHNESS)::update);
    turn = new FirstTurn(trainer);
    schedule = new ShippingSchedule(spec.exchange().examples(), spec.settings().seed() + trainer);
    holding =
        new Holding(
            spec.exchange().coding(),
            spec.limits(),
            getProcessingTimeService().getCurrentProcessingTime());
    prediction = new PredictionRecord();
    predictionElement = new StreamRecord<>(prediction);
    scores =
        new ScoreBuffer(
            spec.learner(),
            spec.settings().target(),
            Math.max(1, spec.window() / (8 * trainers)),
            drift(),
            chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
    register(metered);
    FeedbackChannel channel = connect(epoch, this::takeUp);
    metered.count(LearningMetric.WEIGHTS_CONFLATED, channel::conflated);
    arrival = new ModelArrival(spec.learner(), mailbox(), channel);
    arrival.await(exchange::complete, patienceMillis);
    shipping =
        new RepeatedTimer(
            getProcessingTimeService(), spec.exchange().intervalMillis(), this::shipInTime);
    reporting = new RepeatedTimer(getProcessingTimeService(), METRICS_MILLIS, scores::ship);
  }

  private void register(Metered metered) {
    training = new TestThenTrain(spec.holdout(), scores, drift(), metered);
    weightsApplied = metered.counter(LearningMetric.WEIGHTS_APPLIED);
    metered.gauge(LearningMetric.EXAMPLES_BEHIND, () -> exchange.examplesBehind());
    metered.gauge(LearningMetric.STALENESS, () -> exchange.stalenessNanos() / 1e9);
    metered.gauge(LearningMetric.DELTAS_UNACKNOWLEDGED, () -> exchange.unacknowledged());
    metered.gauge(LearningMetric.MODEL_VERSION, () -> exchange.version());
    metered.gauge(LearningMetric.MODEL_AGE, this::modelAgeSeconds);
  }

  private double modelAgeSeconds() {
    long version = exchange.version();
    return version == 0 ? Double.NaN : (System.currentTimeMillis() - version) / 1e3;
  }

  private void takeUp(WeightsMessage message) {
    exchange.apply(message);
    weightsApplied.inc();
  }

  @Override
  public void processElement(StreamRecord<Example> element) throws Exception {
    Example example = element.getValue();
    if (!begun && example.labelled()) {
      awaitTurn();
    }
    training.predict(learner, example, prediction.prediction());
    prediction.of(example, spec.learner(), exchange.version());
    if (element.hasTimestamp()) {
      predictionElement.setTimestamp(element.getTimestamp());
    } else {
      predictionElement.eraseTimestamp();
    }
    boolean learned = training.test(prediction.prediction(), example);
    output.collect(predictionElement.replace(prediction));
    if (!learned) {
      return;
    }
    training.train(learner, admission == null ? example : admission.admitted(example));
    exchange.learned(example.id());
    if (schedule.advance()) {
      shipOnSchedule();
    }
  }

  /** Before it is predicted, so that the prediction has what was waited for. */
  private void awaitTurn() throws InterruptedException {
    while (!turn.hasCome(learner.examples(), System.nanoTime())) {
      arrival.step();
    }
    begun = true;
  }

  private void shipOnSchedule() throws InterruptedException {
    schedule.shipped(exchange.seen(trainers));
    boolean wait = schedule.young() && trainers > 1;
    exchange.ship(wait, hold(), this::emit);
    if (wait && exchange.lagging()) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAG_MILLIS);
      while (exchange.lagging() && System.nanoTime() < deadline) {
        arrival.step();
      }
    }
  }

  private double hold() {
    return holding.at(getProcessingTimeService().getCurrentProcessingTime(), schedule.young());
  }

  private void shipInTime() {
    exchange.ship(false, hold(), this::emit);
  }

  @Override
  protected void shipAll() {
    exchange.ship(false, this::emit);
    scores.ship();
  }

  private void emit(DeltaMessage delta) {
    delta.changes().round(precision.delta());
    output.collect(DELTAS, new StreamRecord<>(delta));
  }

  @Override
  public void endInput() {
    super.endInput();
    shipping.stop();
    reporting.stop();
  }
}
