package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.flink.SideOutputs;
import io.anabranch.operators.record.ExampleBatch;
import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.record.VoteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * An ensemble at some parallelism, over RocksDB: its subtasks, and what comes out of them as text.
 * Votes are handed over at {@link #count} only, so that some can be left waiting.
 */
final class EnsembleHarness implements AutoCloseable {
  static final int HASH_BITS = 12;

  private final List<KeyedOneInputStreamOperatorTestHarness<Integer, ExampleBatch, VoteBatch>>
      members = new ArrayList<>();
  private final List<KeyedOneInputStreamOperatorTestHarness<Integer, VoteBatch, PredictionRecord>>
      votes = new ArrayList<>();
  private final int[] handedOver;
  private long number;

  /** State of all subtasks of both operators. */
  record Snapshot(OperatorSubtaskState members, OperatorSubtaskState votes, long number) {}

  EnsembleHarness(int parallelism, EnsembleSpec spec) throws Exception {
    handedOver = new int[parallelism];
    for (int subtask = 0; subtask < parallelism; subtask++) {
      members.add(
          set(
              new KeyedOneInputStreamOperatorTestHarness<>(
                  new MemberOperator(spec),
                  example -> 0,
                  Types.INT,
                  ShardKeys.KEY_GROUPS,
                  parallelism,
                  subtask)));
      votes.add(
          set(
              new KeyedOneInputStreamOperatorTestHarness<>(
                  new VotingOperator(spec),
                  VoteBatch::place,
                  Types.INT,
                  ShardKeys.KEY_GROUPS,
                  parallelism,
                  subtask)));
    }
    for (var harness : members) {
      harness.setup(RecordTypes.VOTE_BATCH.createSerializer(new SerializerConfigImpl()));
    }
    for (var harness : votes) {
      harness.setup(RecordTypes.PREDICTION.createSerializer(new SerializerConfigImpl()));
    }
  }

  private static <H extends AbstractStreamOperatorTestHarness<?>> H set(H harness) {
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return harness;
  }

  static EnsembleSpec spec(Holdout holdout, int members) {
    Map<String, Double> hyper =
        Map.of("members", (double) members, "grace-period", 30.0, "tie-threshold", 1.0);
    return new EnsembleSpec(
        "bag",
        "online-bagging",
        new LearnerSettings(Target.binary("1"), HASH_BITS, hyper, 1),
        1_000,
        holdout);
  }

  EnsembleHarness open() throws Exception {
    for (var harness : members) {
      harness.open();
    }
    for (var harness : votes) {
      harness.open();
    }
    return this;
  }

  EnsembleHarness restore(Snapshot snapshot, int before) throws Exception {
    for (int subtask = 0; subtask < members.size(); subtask++) {
      restore(members.get(subtask), snapshot.members(), before, subtask);
      restore(votes.get(subtask), snapshot.votes(), before, subtask);
    }
    number = snapshot.number();
    return open();
  }

  private void restore(
      AbstractStreamOperatorTestHarness<?> harness,
      OperatorSubtaskState state,
      int before,
      int subtask)
      throws Exception {
    harness.initializeState(
        AbstractStreamOperatorTestHarness.repartitionOperatorState(
            state, ShardKeys.KEY_GROUPS, before, members.size(), subtask));
  }

  /** The example of a number: two features, of which the first tells the label mostly. */
  static Example example(long number) {
    SplittableRandom random = new SplittableRandom(number);
    Example example = new Example();
    example.clear();
    example.identify("id-" + number, "", number);
    float first = (float) random.nextDouble();
    example.features().addNumeric((1 << HASH_BITS) + 9, first);
    example.features().addNumeric((1 << HASH_BITS) + 10, (float) random.nextDouble());
    boolean positive = first + 0.3 * random.nextDouble() > 0.6;
    example.label(positive ? "1" : "0", positive ? 1 : 0);
    return example;
  }

  /** Shows an example to all members. */
  EnsembleHarness show(Example example) throws Exception {
    ExampleBatch batch = new ExampleBatch();
    batch.begin(VotingPlaces.number(0, number++, 0));
    batch.add(example);
    for (var harness : members) {
      harness.processElement(new StreamRecord<>(batch));
    }
    return this;
  }

  /** Hands over the votes of one subtask with members that were not handed over yet. */
  EnsembleHarness count(int subtask) throws Exception {
    List<VoteBatch> all = members.get(subtask).extractOutputValues();
    hand(all.subList(handedOver[subtask], all.size()));
    handedOver[subtask] = all.size();
    return this;
  }

  /** Hands over all votes, the last subtask's first. */
  EnsembleHarness count() throws Exception {
    for (int subtask = members.size() - 1; subtask >= 0; subtask--) {
      count(subtask);
    }
    return this;
  }

  /** Hands over the votes of a subtask of another job. */
  void take(EnsembleHarness other, int subtask) throws Exception {
    hand(other.members.get(subtask).extractOutputValues());
  }

  private void hand(List<VoteBatch> batches) throws Exception {
    for (VoteBatch batch : batches) {
      int at = ShardKeys.subtaskOf(batch.place(), votes.size());
      votes.get(at).processElement(new StreamRecord<>(batch));
    }
  }

  Snapshot checkpoint(long id) throws Exception {
    OperatorSubtaskState[] ofMembers = new OperatorSubtaskState[members.size()];
    OperatorSubtaskState[] ofVotes = new OperatorSubtaskState[votes.size()];
    for (int subtask = 0; subtask < members.size(); subtask++) {
      members.get(subtask).prepareSnapshotPreBarrier(id);
      ofMembers[subtask] = members.get(subtask).snapshot(id, 1_000 * id);
      votes.get(subtask).prepareSnapshotPreBarrier(id);
      ofVotes[subtask] = votes.get(subtask).snapshot(id, 1_000 * id);
    }
    return new Snapshot(
        AbstractStreamOperatorTestHarness.repackageState(ofMembers),
        AbstractStreamOperatorTestHarness.repackageState(ofVotes),
        number);
  }

  /** Everything that a prediction says, by id. */
  Map<String, String> predictions() {
    Map<String, String> all = new TreeMap<>();
    for (var harness : votes) {
      for (PredictionRecord record : harness.extractOutputValues()) {
        String before =
            all.put(
                record.id(),
                "v"
                    + record.version()
                    + " "
                    + record.label()
                    + " "
                    + Double.toHexString(record.prediction().probability()));
        if (before != null) {
          throw new AssertionError("predicted twice: " + record.id());
        }
      }
    }
    return all;
  }

  /** The newest block of each member. */
  Map<String, String> blocks() {
    Map<String, String> newest = new TreeMap<>();
    for (var harness : members) {
      for (ModelRecord.Block block : SideOutputs.of(harness, MemberOperator.BLOCKS)) {
        newest.put(block.block(), "v" + block.version() + " " + Arrays.hashCode(block.payload()));
      }
    }
    return newest;
  }

  List<MetricsChunk> metrics() {
    List<MetricsChunk> all = new ArrayList<>();
    votes.forEach(harness -> all.addAll(SideOutputs.of(harness, VotingOperator.METRICS)));
    return all;
  }

  List<ManifestPart> completed(long checkpoint) throws Exception {
    List<ManifestPart> parts = new ArrayList<>();
    for (var harness : members) {
      harness.notifyOfCompletedCheckpoint(checkpoint);
      parts.addAll(SideOutputs.of(harness, MemberOperator.PARTS));
    }
    return parts;
  }

  @Override
  public void close() throws Exception {
    for (var harness : members) {
      harness.close();
    }
    for (var harness : votes) {
      harness.close();
    }
  }
}
