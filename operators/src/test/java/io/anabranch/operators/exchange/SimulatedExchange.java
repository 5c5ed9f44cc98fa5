package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.operators.shared.Tally;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** All parts of the exchange with channels that deliver when they are told to. */
final class SimulatedExchange {
  private final ExchangeShape shape;
  private final Tally.Replica[] replicas;
  private final TrainerExchange[] trainers;
  private final ConflatingMailbox[] mailboxes;
  private final ShardStore[] shards;
  private final ArrayDeque<DeltaMessage>[][] channels;
  private final int[][] learned;
  private long examples;
  private long identities;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues
  SimulatedExchange(ExchangeShape shape, int count, long epoch) {
    this.shape = shape;
    replicas = new Tally.Replica[count];
    trainers = new TrainerExchange[count];
    mailboxes = new ConflatingMailbox[count];
    channels = new ArrayDeque[count][shape.shards()];
    learned = new int[count][1 << shape.coordinateBits()];
    shards = new ShardStore[shape.shards()];
    TrainerRoster roster = new TrainerRoster();
    for (int i = 0; i < count; i++) {
      replicas[i] = new Tally.Replica(shape);
      trainers[i] = new TrainerExchange(replicas[i], i, epoch);
      mailboxes[i] = new ConflatingMailbox();
      for (int shard = 0; shard < shards.length; shard++) {
        channels[i][shard] = new ArrayDeque<>();
      }
    }
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] = new ShardStore(new Tally.Sums(shape), shard, epoch, roster);
    }
  }

  void learn(int trainer, int coordinate) {
    String id = "id-" + examples;
    replicas[trainer].learn(ExchangeProtocolTest.example(id, coordinate));
    trainers[trainer].learned(id);
    learned[trainer][coordinate]++;
    examples++;
    identities += DeltaMessage.identity(id);
  }

  void ship(int trainer) {
    ship(trainer, 0);
  }

  void ship(int trainer, double hold) {
    trainers[trainer].ship(false, hold, delta -> channels[trainer][delta.shard()].addLast(delta));
  }

  void deliver(int trainer, int shard) {
    if (!channels[trainer][shard].isEmpty()) {
      shards[shard].merge(channels[trainer][shard].removeFirst());
    }
  }

  void publish(int shard) {
    WeightsMessage.Truth truth = shards[shard].publish(0);
    for (ConflatingMailbox mailbox : mailboxes) {
      mailbox.put(truth);
    }
  }

  /** Returns how many messages there were. */
  int takeUp(int trainer) {
    AtomicInteger taken = new AtomicInteger();
    mailboxes[trainer].takeUp(
        message -> {
          trainers[trainer].apply(message);
          taken.incrementAndGet();
        });
    return taken.get();
  }

  void settle() {
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      ship(trainer);
      for (int shard = 0; shard < shards.length; shard++) {
        while (!channels[trainer][shard].isEmpty()) {
          deliver(trainer, shard);
        }
      }
    }
    for (int shard = 0; shard < shards.length; shard++) {
      publish(shard);
    }
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      takeUp(trainer);
    }
  }

  void assertThatOwnExamplesAreInView(int trainer) {
    for (int coordinate = 0; coordinate < learned[trainer].length; coordinate++) {
      assertThat(replicas[trainer].count(coordinate))
          .isBetween((float) learned[trainer][coordinate], (float) total(coordinate));
    }
  }

  void assertThatAllAgreeWithWhatWasLearned() {
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      assertThat(trainers[trainer].unacknowledged()).isZero();
      assertThat(trainers[trainer].lagging()).isFalse();
      for (int coordinate = 0; coordinate < learned[0].length; coordinate++) {
        assertThat(replicas[trainer].count(coordinate)).isEqualTo(total(coordinate));
        assertThat(replicas[trainer].sum(coordinate)).isEqualTo(3.0 * total(coordinate));
      }
    }
    assertThat(shards[DeltaMessage.COUNTING_SHARD].examples()).isEqualTo(examples);
    assertThat(shards[DeltaMessage.COUNTING_SHARD].identities()).isEqualTo(identities);
    assertThat(shape.shards()).isEqualTo(shards.length);
  }

  private int total(int coordinate) {
    int total = 0;
    for (int[] counts : learned) {
      total += counts[coordinate];
    }
    return total;
  }
}
