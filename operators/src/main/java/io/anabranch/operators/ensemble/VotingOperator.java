package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.operators.evaluation.DriftWatch;
import io.anabranch.operators.evaluation.HotKeys;
import io.anabranch.operators.evaluation.ScoreKeeper;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.MemberVotes;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.record.VoteBatch;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Counts the votes on each example, predicts and scores. What waits is on the heap, and is written
 * to state at each checkpoint.
 */
final class VotingOperator extends AbstractStreamOperator<PredictionRecord>
    implements OneInputStreamOperator<VoteBatch, PredictionRecord>, BoundedOneInput {
  static final OutputTag<MetricsChunk> METRICS =
      new OutputTag<>("metrics", RecordTypes.METRICS_CHUNK);

  private static final String STATE = "waiting";

  // -- configuration

  private final EnsembleSpec spec;

  // -- runtime

  private transient WaitingVotes waiting;
  private transient ListState<MemberVotes> state;
  private transient DriftWatch drift;
  private transient ScoreKeeper scores;
  private transient MemberVotes votes;
  private transient PredictionRecord prediction;
  private transient StreamRecord<PredictionRecord> predicted; // what is chained puts its own in
  private transient Example example;
  private transient Counter predictions;
  private transient Counter learned;
  private transient Counter heldOut;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before all else
  VotingOperator(EnsembleSpec spec) {
    this.spec = spec;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting = new WaitingVotes(spec.ensemble(getUserCodeClassloader()).members());
    state =
        context
            .getKeyedStateStore()
            .getListState(new ListStateDescriptor<>(STATE, RecordTypes.MEMBER_VOTES));
    if (context.isRestored()) {
      for (int place : placesInState()) {
        setCurrentKey(place);
        for (MemberVotes votes : state.get()) {
          waiting.add(votes);
        }
      }
    }
    drift = DriftWatch.of(spec.drift(), spec.settings().target(), context.getOperatorStateStore());
    example = new Example();
    votes = new MemberVotes();
    prediction = new PredictionRecord();
    predicted = new StreamRecord<>(null);
  }

  private List<Integer> placesInState() {
    try (var keys = this.<Integer>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    scores =
        new ScoreKeeper(
            spec.learner(),
            spec.settings().target(),
            spec.window(),
            drift,
            new HotKeys(0),
            getProcessingTimeService(),
            chunk -> output.collect(METRICS, new StreamRecord<>(chunk)));
    Metered metered = Metered.learner(getMetricGroup(), spec.learner());
    predictions = metered.counter(LearningMetric.PREDICTIONS);
    learned = metered.counter(LearningMetric.LEARNED);
    heldOut = metered.counter(LearningMetric.HELD_OUT);
    drift.register(metered);
    metered.gauge(LearningMetric.VOTES_WAITING, waiting::size);
  }

  /** Nothing: state is read and written as a whole, not for each record. */
  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public void setKeyContextElement1(StreamRecord element) {}

  @Override
  public void processElement(StreamRecord<VoteBatch> element) {
    element.getValue().forEach(votes, this::count);
  }

  private void count(MemberVotes some) {
    MemberVotes all = waiting.add(some);
    if (all == null) {
      return;
    }
    all.example(example);
    prediction.of(example, spec.learner(), all.version());
    all.votes().predict(prediction.prediction());
    predictions.inc();
    if (example.labelled()) {
      score();
    }
    output.collect(predicted.replace(prediction));
  }

  private void score() {
    if (spec.holdout().contains(example.id())) {
      heldOut.inc();
      scores.heldOut(prediction.prediction(), example);
      return;
    }
    scores.score(prediction.prediction(), example);
    scores.learned();
    learned.inc();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    scores.ship();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    drift.snapshot();
    for (int place : placesInState()) {
      setCurrentKey(place);
      state.clear();
    }
    for (MemberVotes votes : waiting.all()) {
      setCurrentKey(votes.place());
      // State on the heap keeps what it is given, and is written while votes go on to be counted.
      MemberVotes copy = new MemberVotes();
      copy.copyFrom(votes);
      state.add(copy);
    }
  }

  @Override
  public void endInput() {
    scores.ship();
  }
}
