package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Coordinates that join and leave the model, in every order that channels and crashes allow. */
class AdmissionProtocolTest {
  private static final ExchangeShape SHAPE = new ExchangeShape(7, 2, 1, 1, 2);
  private static final int HASH_BITS = 6;

  @Test
  void usageExample() {
    Tally.Replica replica = new Tally.Replica(SHAPE);
    Admission admission = new Admission(SHAPE, HASH_BITS);
    TrainerExchange trainer =
        new TrainerExchange(replica, 0, 7, admission, System::nanoTime, nanos -> {});
    ShardStore shard =
        new ShardStore(
            new Tally.Sums(SHAPE),
            1,
            7,
            new TrainerRoster(),
            new CoordinateLimits(2, CoordinateLimits.NEVER),
            HASH_BITS);

    for (String id : List.of("a", "b", "c")) {
      replica.learn(admission.admitted(example(id, 5, 70))); // 70 is no hashed coordinate
      trainer.learned(id);
      List<DeltaMessage> shipped = new ArrayList<>();
      trainer.ship(false, shipped::add);
      shard.merge(shipped.get(id.equals("a") ? 1 : shipped.size() - 2));
      trainer.apply(shard.publish(0));
    }

    assertThat(replica.count(5)).as("after two occurrences").isEqualTo(1);
    assertThat(replica.count(70)).isEqualTo(3);
  }

  @Test
  void whatIsLearnedKeepsItsNumbersItsGroupsAndItsLabel() {
    Admission admission = new Admission(SHAPE, HASH_BITS);
    CoordinateBatch member = new CoordinateBatch(1, 2);
    member.add(9);
    admission.take(new WeightsMessage.Truth(1, 1, 0, 0, new long[0], member));
    Example example = new Example();
    example.clear();
    example.identify("id", "key", 5);
    example.features().addSparse(8, 2, -3);
    example.features().addSparse(9, 4, -6);
    example.features().addNumeric(65, 7);
    example.label("1", 1);
    example.weigh(0.5);

    Example admitted = admission.admitted(example);

    assertThat(example.features().size()).isEqualTo(3);
    assertThat(admitted.features().size()).isEqualTo(2);
    assertThat(admitted.features().numericCount()).isEqualTo(1);
    assertThat(admitted.features().coordinates()).startsWith(65, 9);
    assertThat(admitted.features().values()).startsWith(7, 4);
    assertThat(admitted.features().groups()).startsWith(0, -6);
    assertThat(admitted.id() + admitted.key() + admitted.time()).isEqualTo("idkey5");
    assertThat(admitted.label() + admitted.target() + admitted.weight()).isEqualTo("11.00.5");
    CoordinateBatch[] occurrences = admission.takeOccurrences();
    assertThat(occurrences[0].size()).isEqualTo(1);
    assertThat(occurrences[0].coordinates()[0]).isEqualTo(8);
    assertThat(admission.takeOccurrences()[0].isEmpty()).isTrue();
  }

  @Test
  void anExampleOfMembersAloneIsLearnedAsItIs() {
    Admission admission = new Admission(SHAPE, HASH_BITS);
    CoordinateBatch member = new CoordinateBatch(1, 2);
    member.add(5);
    admission.take(new WeightsMessage.Truth(1, 1, 0, 0, new long[0], member));
    Example example = example("a", 5, 64);
    assertThat(admission.admitted(example)).isSameAs(example);
  }

  @Property(tries = 300, seed = "1")
  void eachOccurrenceIsLearnedOrRefusedOnceWhateverIsDelayedOrLost(
      @ForAll @IntRange(min = 1, max = 3) int trainers,
      @ForAll @IntRange(min = 2, max = 4) int count,
      @ForAll long seed)
      throws Exception {
    SimulatedAdmission job =
        new SimulatedAdmission(SHAPE, HASH_BITS, new CoordinateLimits(count, 0), trainers);
    run(job, new SplittableRandom(seed), trainers, 0);
    job.settle();
    job.assertThatAllAgree();
    job.assertThatEachOccurrenceWasLearnedOrRefused();
  }

  @Property(tries = 300, seed = "1")
  void whatIsForgottenIsForgottenByAllWhateverIsDelayedOrLost(
      @ForAll @IntRange(min = 1, max = 3) int trainers,
      @ForAll @IntRange(min = 1, max = 3) int count,
      @ForAll long seed)
      throws Exception {
    SimulatedAdmission job =
        new SimulatedAdmission(SHAPE, HASH_BITS, new CoordinateLimits(count, 200), trainers);
    run(job, new SplittableRandom(seed), trainers, 30);
    job.settle();
    job.assertThatAllAgree();
    job.pass(10_000);
    job.settle();
    job.assertThatAllAgree();
    job.assertThatNothingHashedIsLeft();
  }

  private static void run(
      SimulatedAdmission job, SplittableRandom random, int trainers, int longestPause)
      throws Exception {
    for (int step = 0; step < 400; step++) {
      int trainer = random.nextInt(trainers);
      int shard = random.nextInt(SHAPE.shards());
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 ->
            job.learn(trainer, random.nextInt(1 + random.nextInt(1 << SHAPE.coordinateBits())));
        case 4 -> job.ship(trainer);
        case 5, 6 -> job.deliver(trainer, shard);
        case 7, 8 -> job.publish(shard);
        case 9 -> job.takeUp(trainer);
        case 10 -> job.pass(random.nextInt(longestPause + 1));
        default -> {
          if (random.nextInt(6) == 0) {
            job.restore();
          } else if (random.nextInt(3) == 0) {
            job.checkpoint();
          }
        }
      }
    }
  }

  static Example example(String id, int... coordinates) {
    Example example = new Example();
    example.clear();
    example.identify(id, "", 0);
    for (int coordinate : coordinates) {
      example.features().addSparse(coordinate, 1);
    }
    example.label("3", 3);
    return example;
  }
}
