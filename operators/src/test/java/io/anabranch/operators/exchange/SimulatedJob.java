package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.format.BlockState;
import io.anabranch.operators.shared.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A job that learns the numbers 0, 1, 2, …, takes checkpoints and is restored from them, each time
 * with another number of trainers and shard subtasks. Channels are in order and as slow as they
 * like; what is in them is lost when the job dies, unless an unaligned checkpoint holds it.
 */
final class SimulatedJob {
  private final ExchangeShape shape;
  private final SplittableRandom random;
  private Checkpoint latest =
      new Checkpoint(0, new HashMap<>(), new HashMap<>(), List.of(), List.of());
  private Map<String, byte[]> blocks = new HashMap<>();
  private long epoch;
  private long next;

  private Tally.Replica[] replicas = {};
  private TrainerExchange[] trainers = {};
  private ConflatingMailbox[] mailboxes = {};
  private ShardStore[] shards = {};
  private List<List<ArrayDeque<DeltaMessage>>> deltas = List.of();
  private List<List<ArrayDeque<WeightsMessage>>> weights = List.of();
  private final int[] held;

  /** What a checkpoint holds; in flight: what an unaligned one found in the channels. */
  private record Checkpoint(
      long next,
      Map<String, byte[]> blocks,
      Map<Integer, long[]> counts,
      List<DeltaMessage> deltasInFlight,
      List<WeightsMessage> weightsInFlight) {}

  SimulatedJob(ExchangeShape shape, SplittableRandom random) {
    this.shape = shape;
    this.random = random;
    held = new int[1 << shape.coordinateBits()];
  }

  /** Starts anew from the latest checkpoint; all else is forgotten. */
  void restore(int parallelism) {
    epoch++;
    next = latest.next();
    blocks = new HashMap<>(latest.blocks());
    replicas = new Tally.Replica[parallelism];
    trainers = new TrainerExchange[parallelism];
    mailboxes = new ConflatingMailbox[parallelism];
    deltas = new ArrayList<>();
    weights = new ArrayList<>();
    for (int trainer = 0; trainer < parallelism; trainer++) {
      replicas[trainer] = new Tally.Replica(shape);
      trainers[trainer] = new TrainerExchange(replicas[trainer], trainer, epoch);
      mailboxes[trainer] = new ConflatingMailbox();
      deltas.add(queues(shape.shards()));
      weights.add(queues(parallelism));
    }
    restoreShards(parallelism);
  }

  private static <T> List<ArrayDeque<T>> queues(int count) {
    List<ArrayDeque<T>> queues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      queues.add(new ArrayDeque<>());
    }
    return queues;
  }

  private void restoreShards(int parallelism) {
    shards = new ShardStore[shape.shards()];
    TrainerRoster[] rosters = new TrainerRoster[parallelism];
    Arrays.setAll(rosters, subtask -> new TrainerRoster());
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] =
          new ShardStore(new Tally.Sums(shape), shard, epoch, rosters[shard % parallelism]);
      long[] counts = latest.counts().getOrDefault(shard, new long[2]);
      shards[shard].restoreCounts(counts[0], counts[1]);
    }
    for (byte[] bytes : blocks.values()) {
      BlockState block = BlockState.decode(bytes, Tally.TYPE);
      shards[block.shard()].restore(block);
    }
    // What shards held when they opened is what every replica must have before it predicts.
    Arrays.setAll(held, this::truthOf);
    latest.weightsInFlight().forEach(message -> broadcast(random.nextInt(parallelism), message));
    for (int shard = 0; shard < shards.length; shard++) {
      broadcast(shard % parallelism, shards[shard].publish(0));
    }
    for (int subtask = 0; subtask < parallelism; subtask++) {
      broadcast(subtask, new WeightsMessage.AllSent(epoch, subtask, parallelism));
    }
    latest
        .deltasInFlight()
        .forEach(delta -> assertThat(shards[delta.shard()].merge(delta)).isFalse());
  }

  private void broadcast(int sender, WeightsMessage message) {
    weights.forEach(channels -> channels.get(sender).addLast(message));
  }

  int parallelism() {
    return trainers.length;
  }

  void learn(int trainer) {
    if (!trainers[trainer].complete()) {
      return; // still waiting in open()
    }
    String id = "id-" + next;
    replicas[trainer].learn(ExchangeProtocolTest.example(id, coordinate(next)));
    trainers[trainer].learned(id);
    next++;
  }

  private int coordinate(long number) {
    return (int) (number * 31 % held.length);
  }

  void ship(int trainer) {
    trainers[trainer].ship(false, delta -> deltas.get(trainer).get(delta.shard()).addLast(delta));
  }

  void deliver(int trainer, int shard) {
    ArrayDeque<DeltaMessage> channel = deltas.get(trainer).get(shard);
    if (!channel.isEmpty()) {
      assertThat(shards[shard].merge(channel.removeFirst())).isTrue();
    }
  }

  void publish(int shard) {
    broadcast(shard % trainers.length, shards[shard].publish(0));
  }

  /** Brings some of what a shard subtask has sent, each message once or twice. */
  void bring(int trainer, int sender, int most) {
    ArrayDeque<WeightsMessage> channel = weights.get(trainer).get(sender);
    for (int i = 0; i < most && !channel.isEmpty(); i++) {
      WeightsMessage message = channel.removeFirst();
      for (int times = random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
        if (message.epoch() == epoch) { // as receivers do
          mailboxes[trainer].put(message);
        }
      }
    }
  }

  void takeUp(int trainer) {
    mailboxes[trainer].takeUp(trainers[trainer]::apply);
    if (trainers[trainer].complete()) {
      for (int coordinate = 0; coordinate < held.length; coordinate++) {
        assertThat(replicas[trainer].count(coordinate)).isGreaterThanOrEqualTo(held[coordinate]);
      }
    }
  }

  /**
   * A checkpoint completes: trainers ship, barriers follow, or overtake what is in the channels.
   */
  void checkpoint(boolean unaligned) {
    List<DeltaMessage> deltasInFlight = new ArrayList<>();
    List<WeightsMessage> weightsInFlight = new ArrayList<>();
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      ship(trainer);
      for (int shard = 0; shard < shards.length; shard++) {
        if (unaligned) {
          deltasInFlight.addAll(deltas.get(trainer).get(shard));
        } else {
          drain(trainer, shard);
        }
      }
      if (unaligned) {
        weights.get(trainer).forEach(weightsInFlight::addAll);
      }
    }
    Map<Integer, long[]> counts = new HashMap<>();
    for (int shard = 0; shard < shards.length; shard++) {
      for (BlockState block : shards[shard].takeDirty(1)) {
        blocks.put(block.name(), block.encode(Tally.TYPE));
      }
      counts.put(shard, new long[] {shards[shard].examples(), shards[shard].identities()});
    }
    latest = new Checkpoint(next, new HashMap<>(blocks), counts, deltasInFlight, weightsInFlight);
  }

  private void drain(int trainer, int shard) {
    while (!deltas.get(trainer).get(shard).isEmpty()) {
      deliver(trainer, shard);
    }
  }

  /** Lets everything arrive. */
  void settle() {
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      ship(trainer);
      for (int shard = 0; shard < shards.length; shard++) {
        drain(trainer, shard);
      }
    }
    for (int shard = 0; shard < shards.length; shard++) {
      publish(shard);
    }
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      for (int sender = 0; sender < trainers.length; sender++) {
        bring(trainer, sender, Integer.MAX_VALUE);
      }
      takeUp(trainer);
    }
  }

  private int truthOf(int coordinate) {
    int count = 0;
    for (long number = 0; number < latest.next(); number++) {
      count += coordinate(number) == coordinate ? 1 : 0;
    }
    for (DeltaMessage late : latest.deltasInFlight()) {
      for (int i = 0; i < late.changes().size(); i++) {
        count -=
            late.changes().coordinates()[i] == coordinate ? (int) late.changes().values()[i] : 0;
      }
    }
    return count;
  }

  void assertThatEachNumberWasLearnedOnceAndAllAgree() {
    int[] expected = new int[held.length];
    long identities = 0;
    for (long number = 0; number < next; number++) {
      expected[coordinate(number)]++;
      identities += DeltaMessage.identity("id-" + number);
    }
    assertThat(shards[DeltaMessage.COUNTING_SHARD].examples()).isEqualTo(next);
    assertThat(shards[DeltaMessage.COUNTING_SHARD].identities()).isEqualTo(identities);
    for (int trainer = 0; trainer < trainers.length; trainer++) {
      assertThat(trainers[trainer].unacknowledged()).isZero();
      for (int coordinate = 0; coordinate < expected.length; coordinate++) {
        assertThat(replicas[trainer].count(coordinate)).isEqualTo(expected[coordinate]);
        assertThat(replicas[trainer].sum(coordinate)).isEqualTo(3.0 * expected[coordinate]);
      }
    }
  }
}
