package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.MetricsChunk;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class TrainerOperatorTest {
  private int coordinate;

  private static final long PATIENCE_MILLIS = 60_000;

  @Test
  void theFirstPredictionIsMadeWithTheWholeModel() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS)) {
      trainer.receive(truth(trainer.epoch(), 41, 900)).openUntrained();
      trainer.process(example(7));
      trainer.process(example(8));
      assertThat(trainer.predictions()).containsExactly(41.0, 42.0);
    }
  }

  @Test
  void withoutACompleteModelTheTrainerSaysWhatIsWrong() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(20)) {
      trainer.receive(new WeightsMessage.AllSent(trainer.epoch(), 0, 2));
      assertThatThrownBy(trainer::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "learner 'tally': no complete model after 20 ms; is its receiver in another"
                  + " TaskManager? Trainers and receivers must share one co-location group and one"
                  + " parallelism");
    }
  }

  @Test
  void nothingIsHeldBackForLongNorForASixteenthOfTheTimeAfterWhichCoordinatesExpire()
      throws Exception {
    assertThat(millisUntilAllIsShipped(CoordinateLimits.NEVER)).isEqualTo(10_000);
    assertThat(millisUntilAllIsShipped(80_000)).isEqualTo(5_000);
  }

  /** One example per second whose only change tallies hold back, since it is odd. */
  private static long millisUntilAllIsShipped(long expireMillis) throws Exception {
    SharedSpec usual = ShardHarness.spec(new CoordinateLimits(1, expireMillis));
    ExchangeSettings holding =
        new ExchangeSettings(1, 3_600_000, 20, new ExchangeCoding(false, 0.5));
    SharedSpec spec =
        new SharedSpec(
            usual.learner(),
            usual.type(),
            usual.settings(),
            holding,
            usual.window(),
            usual.holdout(),
            usual.coLocationGroup(),
            1,
            usual.start(),
            usual.drift(),
            usual.limits());
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS, spec).openUntrained()) {
      for (long now = 0; ; now += 1_000) {
        trainer.time(now);
        trainer.process(odd(now));
        if (trainer.deltas().stream().anyMatch(delta -> !delta.changes().isEmpty())) {
          return now;
        }
      }
    }
  }

  private static Example odd(long number) {
    Example example = new Example();
    example.clear();
    example.identify("id-" + number, "", number);
    example.features().addSparse(5, 1);
    example.label("1", 1);
    return example;
  }

  @Test
  void anUnlabelledRecordIsPredictedAndNotLearned() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openUntrained()) {
      trainer.process(unlabelled());
      trainer.checkpoint(1);
      assertThat(trainer.predictions()).containsExactly(0.0);
      assertThat(trainer.deltas()).isEmpty();
      assertThat(trainer.metrics()).isEmpty();
    }
  }

  @Test
  void aHeldOutExampleIsPredictedAndScoredAndNotLearned() throws Exception {
    Holdout holdout = new Holdout(0.5, 1);
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS, holdout).openUntrained()) {
      long heldOut = 0;
      for (int i = 0; i < 40; i++) {
        trainer.process(example(i));
        heldOut += holdout.contains(example(i).id()) ? 1 : 0;
      }
      trainer.checkpoint(1);
      assertThat(heldOut).isBetween(10L, 30L);
      assertThat(trainer.predictions()).hasSize(40);
      assertThat(trainer.shippedExamples()).isEqualTo(40 - heldOut);
      assertThat(trainer.metrics()).extracting(MetricsChunk::learned).containsExactly(40 - heldOut);
      assertThat(trainer.metrics().get(0).sketch().scored()).isEqualTo(40);
      assertThat(trainer.metrics().get(0).holdout().scored()).isEqualTo(heldOut);
    }
  }

  @Test
  void theFirstExampleGreetsAllShards() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openUntrained()) {
      trainer.process(example(7));
      assertThat(trainer.deltas())
          .extracting(DeltaMessage::shard)
          .hasSize(ShardHarness.SHARDS)
          .doesNotHaveDuplicates();
      assertThat(trainer.shippedExamples()).isEqualTo(1);
    }
  }

  @Test
  void everythingLearnedIsShippedBeforeTheBarrier() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openUntrained()) {
      long identities = 0;
      for (int number = 0; number < 1_234; number++) {
        trainer.process(example(number));
        identities += DeltaMessage.identity("id-" + number);
      }
      trainer.checkpoint(1);
      assertThat(trainer.shippedExamples()).isEqualTo(1_234);
      assertThat(trainer.deltas().stream().mapToLong(DeltaMessage::identities).sum())
          .isEqualTo(identities);
      assertThat(trainer.metrics().stream().mapToLong(chunk -> chunk.learned()).sum())
          .isEqualTo(1_234);
    }
  }

  @Test
  void aTrainerKeepsNoStateSinceAllOfItIsInTheShards() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openUntrained()) {
      trainer.process(example(7));
      assertThat(trainer.checkpoint(1).getStateSize()).isZero();
    }
  }

  @Test
  void aDriftIsFoundByWhatWasSeenBeforeARestore() throws Exception {
    SharedSpec watched = ShardHarness.spec(Holdout.NONE, DriftDetection.ADWIN);
    OperatorSubtaskState state;
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS, watched).openUntrained()) {
      for (int i = 0; i < 1_000; i++) {
        trainer.process(wrongBy(1 + i % 10));
      }
      state = trainer.checkpoint(1);
      assertThat(drifts(trainer)).isZero();
    }
    try (TrainerHarness restored = new TrainerHarness(PATIENCE_MILLIS, watched).restore(state)) {
      assertThat(driftsWhenWorse(restored)).isEqualTo(1);
    }
    try (TrainerHarness fresh = new TrainerHarness(PATIENCE_MILLIS, watched).openUntrained()) {
      assertThat(driftsWhenWorse(fresh)).isZero(); // it never saw better
    }
  }

  private int driftsWhenWorse(TrainerHarness trainer) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      trainer.process(wrongBy(100 + i % 10));
    }
    trainer.checkpoint(2);
    return drifts(trainer);
  }

  private static int drifts(TrainerHarness trainer) {
    return trainer.metrics().stream().mapToInt(MetricsChunk::drifts).sum();
  }

  /** An example whose prediction, a count of its only coordinate, is 0. */
  private Example wrongBy(double error) {
    Example example = new Example();
    example.clear();
    example.identify("wrong-" + coordinate, "", 0);
    example.features().addSparse(coordinate++, 1);
    example.label("", error);
    return example;
  }

  @Test
  void aSlowStreamIsShippedAfterTheInterval() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openWithHistory(1_000_000)) {
      trainer.process(example(1));
      trainer.process(example(2));
      assertThat(trainer.shippedExamples()).isEqualTo(1);
      trainer.time(200);
      assertThat(trainer.shippedExamples()).isEqualTo(2);
    }
  }

  @Test
  void theEndOfInputShipsWhatIsLeft() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openWithHistory(1_000_000)) {
      trainer.process(example(1));
      trainer.process(example(2));
      trainer.endInput();
      assertThat(trainer.shippedExamples()).isEqualTo(2);
      assertThat(trainer.metrics().stream().mapToLong(chunk -> chunk.sketch().scored()).sum())
          .isEqualTo(2);
    }
  }

  @Test
  void weightsAreTakenUpBetweenRecordsAndKeepOwnChangesThatTheyDoNotInclude() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS).openUntrained()) {
      trainer.process(example(1)); // shipped, not acknowledged
      trainer.receive(truth(trainer.epoch(), 10, 900));
      trainer.takeUp();
      trainer.process(example(2));
      assertThat(trainer.predictions()).containsExactly(0.0, 11.0);
      assertThat(trainer.versions()).containsExactly(0L, 0L); // 63 shards have not said theirs
    }
  }

  @Test
  void predictionsCarryTheVersionThatAllShardsHaveReached() throws Exception {
    try (TrainerHarness trainer = new TrainerHarness(PATIENCE_MILLIS)) {
      for (int shard = 0; shard < ShardHarness.SHARDS; shard++) {
        trainer.receive(
            new WeightsMessage.Truth(
                trainer.epoch(), shard, 900 + shard, 0, new long[0], new CoordinateBatch(1, 2)));
      }
      trainer.openUntrained().process(example(1));
      assertThat(trainer.versions()).containsExactly(900L);
    }
  }

  @Test
  void theSecondTrainerOfANewModelLearnsOnceTheFirstOnesExamplesAreThere() throws Exception {
    try (TrainerHarness second = second()) {
      second.receive(truth(second.epoch(), 31, 0)).receive(truth(second.epoch(), 32, 0));
      second.process(example(1)); // neither is taken up, unless somebody waits for it
      assertThat(second.predictions()).containsExactly(32.0);
      second.receive(truth(second.epoch(), 50, 0));
      second.process(example(2)); // after its own first one
      assertThat(second.predictions()).containsExactly(32.0, 33.0);
    }
  }

  @Test
  void theSecondTrainerLearnsAlthoughTheFirstHasNothingToLearnFrom() throws Exception {
    try (TrainerHarness second = second()) {
      second.process(example(1));
      assertThat(second.shippedExamples()).isEqualTo(1);
    }
  }

  @Test
  void nobodyWaitsToPredict() throws Exception {
    try (TrainerHarness second = second()) {
      second.receive(truth(second.epoch(), 32, 0));
      second.process(unlabelled());
      assertThat(second.predictions()).containsExactly(0.0);
    }
  }

  private static TrainerHarness second() throws Exception {
    return new TrainerHarness(PATIENCE_MILLIS, ShardHarness.spec(Holdout.NONE), 2, 1)
        .openUntrained();
  }

  @Test
  void aClosedTrainerLeavesNoChannelBehind() throws Exception {
    int before = FeedbackHub.channels();
    new TrainerHarness(PATIENCE_MILLIS).openUntrained().close();
    assertThat(FeedbackHub.channels()).isEqualTo(before);
  }

  private static Example example(long number) {
    Example example = new Example();
    NumberDecoder.fill(example, number);
    return example;
  }

  private static Example unlabelled() {
    Example example = new Example();
    example.clear();
    example.identify("x", "", 0);
    example.features().addSparse(0, 1);
    return example;
  }

  private static WeightsMessage truth(long epoch, int count, long version) {
    CoordinateBatch batch = new CoordinateBatch(1, 2);
    int at = batch.add(0);
    batch.values()[at] = count;
    return new WeightsMessage.Truth(epoch, 0, version, count, new long[0], batch);
  }
}
