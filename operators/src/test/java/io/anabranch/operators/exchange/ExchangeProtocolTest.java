package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.operators.shared.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Trainers, shards and mailboxes without Flink, in every order that channels allow. */
class ExchangeProtocolTest {
  private static final ExchangeShape SHAPE = new ExchangeShape(7, 2, 1, 1, 2);
  private static final int COORDINATES = 1 << SHAPE.coordinateBits();
  private static final long EPOCH = 7;

  @Test
  void usageExample() {
    Tally.Replica replica = new Tally.Replica(SHAPE);
    TrainerExchange trainer = new TrainerExchange(replica, 0, EPOCH);
    ShardStore shard = new ShardStore(new Tally.Sums(SHAPE), 1, EPOCH, new TrainerRoster());

    replica.learn(example("a", 5)); // coordinate 5 belongs to shard 5 mod 4
    trainer.learned("a");
    List<DeltaMessage> shipped = new ArrayList<>();
    trainer.ship(false, shipped::add);
    shard.merge(shipped.get(1));
    trainer.apply(shard.publish(0));

    assertThat(shipped).extracting(DeltaMessage::shard).containsExactly(0, 1, 2, 3);
    assertThat(replica.count(5)).isEqualTo(1);
    assertThat(trainer.unacknowledged()).isEqualTo(3);
  }

  @Test
  void whatIsHeldBackFollowsWhenNothingWasLearnedSince() {
    Tally.Replica replica = new Tally.Replica(SHAPE);
    TrainerExchange trainer = new TrainerExchange(replica, 0, EPOCH);
    replica.learn(example("a", 5)); // tallies hold back what is odd
    trainer.learned("a");
    List<DeltaMessage> shipped = new ArrayList<>();
    trainer.ship(false, 0.5, shipped::add);
    assertThat(shipped).allMatch(delta -> delta.changes().isEmpty());
    assertThat(shipped.get(0).examples()).isEqualTo(1);
    shipped.clear();
    trainer.ship(false, 0.5, shipped::add);
    assertThat(shipped).extracting(DeltaMessage::shard).containsExactly(0, 1);
    assertThat(shipped.get(0).examples()).isZero();
    assertThat(shipped.get(1).changes().coordinates()[0]).isEqualTo(5);
    shipped.clear();
    trainer.ship(false, 0.5, shipped::add);
    assertThat(shipped).isEmpty();
  }

  @Property(tries = 300, seed = "1")
  void everyViewIsTheTruthPlusOwnDeltasItDoesNotIncludeAndAllAgreeInTheEnd(
      @ForAll @IntRange(min = 1, max = 4) int trainers, @ForAll long seed) {
    SimulatedExchange exchange = new SimulatedExchange(SHAPE, trainers, EPOCH);
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 400; step++) {
      int trainer = random.nextInt(trainers);
      int shard = random.nextInt(SHAPE.shards());
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> exchange.learn(trainer, random.nextInt(COORDINATES / 4));
        case 3 -> exchange.ship(trainer, random.nextBoolean() ? 0.5 : 0);
        case 4 -> exchange.deliver(trainer, shard);
        case 5, 6 -> exchange.publish(shard);
        default -> exchange.takeUp(trainer);
      }
      exchange.assertThatOwnExamplesAreInView(trainer);
    }
    exchange.settle();
    exchange.assertThatAllAgreeWithWhatWasLearned();
  }

  @Test
  void aTrainerAHundredTimesSlowerHoldsNobodyUpAndSkipsToTheNewest() {
    SimulatedExchange exchange = new SimulatedExchange(SHAPE, 2, EPOCH);
    for (int step = 0; step < 5_000; step++) {
      int trainer = step % 101 == 100 ? 0 : 1;
      exchange.learn(trainer, step % COORDINATES);
      exchange.ship(trainer);
      for (int shard = 0; shard < SHAPE.shards(); shard++) {
        exchange.deliver(trainer, shard);
        exchange.publish(shard);
      }
      // However much was published meanwhile, a few messages per shard are all that is kept of it.
      assertThat(exchange.takeUp(trainer)).isLessThanOrEqualTo(4 * SHAPE.shards());
      exchange.assertThatOwnExamplesAreInView(trainer);
    }
    exchange.settle();
    exchange.assertThatAllAgreeWithWhatWasLearned();
  }

  @Test
  void aDeltaOfAnOlderEpochIsMergedButNotAcknowledged() {
    ShardStore shard = new ShardStore(new Tally.Sums(SHAPE), 0, EPOCH, new TrainerRoster());

    assertThat(shard.merge(delta(EPOCH - 1, 0, 9, 4))).isFalse();

    WeightsMessage.Truth truth = shard.publish(0);
    assertThat(truth.acknowledged(0)).isZero();
    assertThat(truth.truth().coordinates()[0]).isEqualTo(4);
    assertThat(shard.examples()).isEqualTo(1);
  }

  @Test
  void aMissingDeltaIsNoticed() {
    ShardStore shard = new ShardStore(new Tally.Sums(SHAPE), 0, EPOCH, new TrainerRoster());
    shard.merge(delta(EPOCH, 2, 1, 4));
    assertThatThrownBy(() -> shard.merge(delta(EPOCH, 2, 3, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("shard 0 expects delta 2 of trainer 2, got 3");
  }

  @Test
  void weightsOfAnotherEpochAreRefusedByTheTrainer() {
    TrainerExchange trainer = new TrainerExchange(new Tally.Replica(SHAPE), 0, EPOCH);
    assertThatThrownBy(() -> trainer.apply(new WeightsMessage.AllSent(6, 0, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("weights of epoch 6 must not reach a trainer of epoch 7");
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentIsRefused() {
    TrainerExchange trainer = new TrainerExchange(new Tally.Replica(SHAPE), 0, EPOCH);
    assertThatThrownBy(
            () ->
                trainer.apply(
                    new WeightsMessage.Truth(
                        EPOCH, 3, 0, 0, new long[] {1}, new CoordinateBatch(1, 2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("shard 3 acknowledges delta 1 of trainer 0, which has sent 0");
  }

  @Test
  void theModelIsCompleteWhenEverySubtaskHasSaidSo() {
    TrainerExchange trainer = new TrainerExchange(new Tally.Replica(SHAPE), 0, EPOCH);
    trainer.apply(new WeightsMessage.AllSent(EPOCH, 1, 2));
    trainer.apply(new WeightsMessage.AllSent(EPOCH, 1, 2));
    assertThat(trainer.complete()).isFalse();
    trainer.apply(new WeightsMessage.AllSent(EPOCH, 0, 2));
    assertThat(trainer.complete()).isTrue();
  }

  @Test
  void theVersionIsTheOldestOfAllShards() {
    TrainerExchange trainer = new TrainerExchange(new Tally.Replica(SHAPE), 0, EPOCH);
    long[] versions = {40, 30, 50, 60};
    for (int shard = 0; shard < 4; shard++) {
      assertThat(trainer.version()).isZero();
      trainer.apply(
          new WeightsMessage.Truth(
              EPOCH, shard, versions[shard], 0, new long[0], new CoordinateBatch(1, 2)));
    }
    assertThat(trainer.version()).isEqualTo(30);
  }

  @Test
  void aTrainerThatIsMoreThanOneDeltaAheadIsLagging() {
    Tally.Replica replica = new Tally.Replica(SHAPE);
    TrainerExchange trainer = new TrainerExchange(replica, 0, EPOCH);
    for (int i = 0; i < 2; i++) {
      assertThat(trainer.lagging()).isFalse();
      replica.learn(example("a", 4));
      trainer.learned("a");
      trainer.ship(true, delta -> {});
    }
    assertThat(trainer.lagging()).isTrue();
    trainer.apply(
        new WeightsMessage.Truth(EPOCH, 0, 0, 1, new long[] {1}, new CoordinateBatch(1, 2)));
    assertThat(trainer.lagging()).isFalse();
  }

  private static DeltaMessage delta(long epoch, int trainer, long sequence, int coordinate) {
    CoordinateBatch changes = new CoordinateBatch(1, 2);
    int at = changes.add(coordinate);
    changes.values()[at] = 1;
    return new DeltaMessage(epoch, 0, trainer, sequence, false, 1, 11, changes);
  }

  static Example example(String id, int coordinate) {
    Example example = new Example();
    example.clear();
    example.identify(id, "", 0);
    example.features().addSparse(coordinate, 1);
    example.label("3", 3);
    return example;
  }
}
