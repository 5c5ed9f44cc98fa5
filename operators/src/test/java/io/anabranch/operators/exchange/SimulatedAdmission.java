package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.format.BlockState;
import io.anabranch.operators.shared.Tally;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trainers and shards of a model that coordinates join and leave, with channels that deliver when
 * they are told to, a clock, and aligned checkpoints that a job can be restored from.
 */
final class SimulatedAdmission {
  private final ExchangeShape shape;
  private final int hashBits;
  private final CoordinateLimits limits;
  private final int parallelism;

  private Tally.Replica[] replicas = {};
  private Admission[] admissions = {};
  private TrainerExchange[] trainers = {};
  private ConflatingMailbox[] mailboxes = {};
  private ArrayDeque<DeltaMessage>[][] channels;
  private ShardStore[] shards = {};
  private float[] published = {};
  private long epoch;
  private long now;
  private long occurrences;

  // Keyed state, and the one of the last checkpoint.
  private Map<String, byte[]> blocks = new HashMap<>();
  private Map<Integer, Map<Integer, byte[]>> members = new TreeMap<>();
  private Checkpoint latest = new Checkpoint(0, Map.of(), Map.of(), Map.of());

  /** Members in state, by block. */
  private record MembersByBlock(Map<Integer, byte[]> state) implements Membership.Changes {
    @Override
    public void changed(int block, byte[] bytes) {
      state.put(block, bytes);
    }

    @Override
    public void removed(int block) {
      state.remove(block);
    }
  }

  private record Checkpoint(
      long occurrences,
      Map<String, byte[]> blocks,
      Map<Integer, Map<Integer, byte[]>> members,
      Map<Integer, MembershipTotals> totals) {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues
  SimulatedAdmission(ExchangeShape shape, int hashBits, CoordinateLimits limits, int parallelism) {
    this.shape = shape;
    this.hashBits = hashBits;
    this.limits = limits;
    this.parallelism = parallelism;
    channels = new ArrayDeque[parallelism][shape.shards()];
    restore();
  }

  /** Starts anew from the last checkpoint; all else is forgotten, and much time passes. */
  void restore() {
    epoch++;
    now += 1_000_000;
    occurrences = latest.occurrences();
    blocks = new HashMap<>(latest.blocks());
    members = copy(latest.members());
    published = new float[1 << shape.coordinateBits()];
    replicas = new Tally.Replica[parallelism];
    admissions = new Admission[parallelism];
    trainers = new TrainerExchange[parallelism];
    mailboxes = new ConflatingMailbox[parallelism];
    for (int i = 0; i < parallelism; i++) {
      replicas[i] = new Tally.Replica(shape);
      admissions[i] = new Admission(shape, hashBits);
      trainers[i] =
          new TrainerExchange(replicas[i], i, epoch, admissions[i], System::nanoTime, nanos -> {});
      mailboxes[i] = new ConflatingMailbox();
      for (int shard = 0; shard < shape.shards(); shard++) {
        channels[i][shard] = new ArrayDeque<>();
      }
    }
    restoreShards();
    for (int i = 0; i < parallelism; i++) {
      takeUp(i);
    }
  }

  private void restoreShards() {
    shards = new ShardStore[shape.shards()];
    TrainerRoster roster = new TrainerRoster();
    for (int shard = 0; shard < shards.length; shard++) {
      ShardStore store =
          new ShardStore(new Tally.Sums(shape), shard, epoch, roster, limits, hashBits);
      shards[shard] = store;
      if (latest.totals().containsKey(shard)) {
        store.restoreMembership(latest.totals().get(shard));
      }
      members.getOrDefault(shard, Map.of()).forEach(store::restoreMembership);
    }
    for (byte[] bytes : blocks.values()) {
      BlockState block = BlockState.decode(bytes, Tally.TYPE);
      shards[block.shard()].restore(block);
    }
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard].advance(now);
      publish(shard);
    }
  }

  void learn(int trainer, int coordinate) {
    String id = "id-" + occurrences;
    replicas[trainer].learn(
        admissions[trainer].admitted(AdmissionProtocolTest.example(id, coordinate)));
    trainers[trainer].learned(id);
    occurrences++;
  }

  void ship(int trainer) {
    trainers[trainer].ship(false, delta -> channels[trainer][delta.shard()].addLast(delta));
  }

  void deliver(int trainer, int shard) {
    if (!channels[trainer][shard].isEmpty()) {
      shards[shard].merge(channels[trainer][shard].removeFirst());
    }
  }

  void publish(int shard) {
    WeightsMessage.Truth truth = shards[shard].publish(0);
    for (int i = 0; i < truth.gone().size(); i++) {
      published[truth.gone().coordinates()[i]] = 0;
    }
    note(truth.truth());
    for (ConflatingMailbox mailbox : mailboxes) {
      mailbox.put(truth);
    }
  }

  private void note(CoordinateBatch truth) {
    for (int i = 0; i < truth.size(); i++) {
      published[truth.coordinates()[i]] = truth.values()[i];
    }
  }

  void takeUp(int trainer) {
    mailboxes[trainer].takeUp(trainers[trainer]::apply);
  }

  void pass(long millis) {
    now += millis;
    for (ShardStore shard : shards) {
      shard.advance(now);
    }
  }

  private void drain() {
    for (int trainer = 0; trainer < parallelism; trainer++) {
      ship(trainer);
      for (int shard = 0; shard < shards.length; shard++) {
        while (!channels[trainer][shard].isEmpty()) {
          deliver(trainer, shard);
        }
      }
    }
  }

  void checkpoint() throws Exception {
    drain();
    Map<Integer, MembershipTotals> totals = new HashMap<>();
    for (ShardStore shard : shards) {
      for (BlockState block : shard.takeDirty(1)) {
        if (block.isEmpty()) {
          blocks.remove(block.name());
        } else {
          blocks.put(block.name(), block.encode(Tally.TYPE));
        }
      }
    }
    for (int shard = 0; shard < shards.length; shard++) {
      Map<Integer, byte[]> state = members.computeIfAbsent(shard, key -> new TreeMap<>());
      Membership membership = shards[shard].membership().orElseThrow();
      membership.takeChanges(new MembersByBlock(state));
      totals.put(shard, membership.totals());
    }
    latest = new Checkpoint(occurrences, new HashMap<>(blocks), copy(members), totals);
  }

  private static Map<Integer, Map<Integer, byte[]>> copy(Map<Integer, Map<Integer, byte[]>> all) {
    Map<Integer, Map<Integer, byte[]>> copy = new TreeMap<>();
    all.forEach((shard, state) -> copy.put(shard, new TreeMap<>(state)));
    return copy;
  }

  /** Lets everything arrive. */
  void settle() {
    drain();
    for (int shard = 0; shard < shards.length; shard++) {
      publish(shard);
    }
    for (int trainer = 0; trainer < parallelism; trainer++) {
      takeUp(trainer);
    }
  }

  void assertThatAllAgree() {
    for (int coordinate = 0; coordinate < 1 << shape.coordinateBits(); coordinate++) {
      int shard = shape.shardOf(coordinate);
      boolean member = shards[shard].membership().orElseThrow().has(shape.localOf(coordinate));
      float truth = published[coordinate];
      assertThat(member || truth == 0).isTrue();
      for (int trainer = 0; trainer < parallelism; trainer++) {
        assertThat(replicas[trainer].count(coordinate)).isEqualTo(truth);
        var example = AdmissionProtocolTest.example("any", coordinate);
        assertThat(admissions[trainer].admitted(example) == example)
            .as("trainer %d knows of %d", trainer, coordinate)
            .isEqualTo(member);
      }
    }
    for (Admission admission : admissions) {
      admission.takeOccurrences(); // this look at it was none
    }
  }

  void assertThatEachOccurrenceWasLearnedOrRefused() {
    double learned = 0;
    for (int coordinate = 0; coordinate < 1 << shape.coordinateBits(); coordinate++) {
      learned += published[coordinate];
    }
    long refused = 0;
    for (ShardStore shard : shards) {
      refused += shard.membership().orElseThrow().totals().refused();
    }
    assertThat(learned + refused).isEqualTo(occurrences);
  }

  void assertThatNothingHashedIsLeft() {
    for (int coordinate = 0; coordinate < 1 << hashBits; coordinate++) {
      assertThat(published[coordinate]).isZero();
    }
  }
}
