package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.ExchangeShape;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The exchange under every order that channels allow, crashes at any point, and rescaling. */
class ExchangeRecoveryTest {
  private static final ExchangeShape SHAPE = new ExchangeShape(6, 3, 1, 1, 2);
  private static final int MOST_TRAINERS = 5;

  @Property(tries = 300, seed = "1")
  void whateverIsDelayedConflatedDoubledOrLostEachNumberIsLearnedOnce(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedJob job = new SimulatedJob(SHAPE, random);
    job.restore(1 + random.nextInt(MOST_TRAINERS));
    for (int step = 0; step < 600; step++) {
      int trainer = random.nextInt(job.parallelism());
      int sender = random.nextInt(job.parallelism());
      int shard = random.nextInt(SHAPE.shards());
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5 -> job.learn(trainer);
        case 6, 7 -> job.ship(trainer);
        case 8, 9, 10 -> job.deliver(trainer, shard);
        case 11, 12 -> job.publish(shard);
        case 13, 14, 15 -> job.bring(trainer, sender, 1 + random.nextInt(6));
        case 16, 17, 18 -> job.takeUp(trainer);
        default -> rareEvent(job, random);
      }
    }
    job.settle();
    job.assertThatEachNumberWasLearnedOnceAndAllAgree();
  }

  private static void rareEvent(SimulatedJob job, SplittableRandom random) {
    switch (random.nextInt(4)) {
      case 0 -> job.checkpoint(false);
      case 1 -> job.checkpoint(true);
      case 2 -> job.restore(1 + random.nextInt(MOST_TRAINERS));
      default -> job.settle();
    }
  }
}
