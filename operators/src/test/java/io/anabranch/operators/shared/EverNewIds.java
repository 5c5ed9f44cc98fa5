package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.Admission;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.TrainerExchange;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.ModelRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * A shared logistic regression that learns rows of two regular ids and eight that never come again,
 * a row each millisecond: two trainers, and all shards over RocksDB.
 */
final class EverNewIds implements AutoCloseable {
  static final int NEW_IN_ROW = 8;
  static final int REGULAR = 500;

  private static final String TYPE = "logistic-regression";
  private static final int HASH_BITS = 18;
  private static final int TRAINERS = 2;
  private static final int SHIPMENT = 500;
  private static final int CHECKPOINT = 2_500;

  private final SharedSpec spec;
  private final List<SharedLearner> replicas = new ArrayList<>();
  private final List<Admission> admissions = new ArrayList<>();
  private final List<TrainerExchange> trainers = new ArrayList<>();
  private final Map<String, Integer> coordinates = new HashMap<>();
  private ShardHarness shards;
  private OperatorSubtaskState state = OperatorSubtaskState.builder().build();
  private long topicBytes;
  private long row;

  EverNewIds(CoordinateLimits limits) throws Exception {
    spec =
        new SharedSpec(
            "ever-new",
            TYPE,
            new LearnerSettings(Target.binary("1"), HASH_BITS, Map.of(), 1),
            ExchangeSettings.DEFAULT,
            1_000,
            Holdout.NONE,
            "trainers",
            TRAINERS,
            new byte[0],
            DriftDetection.NONE,
            limits);
    shards = new ShardHarness(0, 1, spec).open();
    start();
  }

  private void start() {
    replicas.clear();
    admissions.clear();
    trainers.clear();
    for (int i = 0; i < TRAINERS; i++) {
      SharedLearner replica = spec.replica(getClass().getClassLoader());
      Admission admission = new Admission(replica.shape(), HASH_BITS);
      replicas.add(replica);
      admissions.add(admission);
      trainers.add(
          new TrainerExchange(
              replica,
              i,
              shards.epoch(),
              spec.limits().admits() ? admission : null,
              System::nanoTime,
              nanos -> {}));
    }
    takeUp();
  }

  /**
   * What there is of it.
   *
   * @param coordinates that have weights in the models topic
   * @param stateBytes of all keyed state
   * @param topicBytes that the last checkpoint wrote to the models topic
   */
  record Size(long coordinates, long stateBytes, long topicBytes) {}

  /** Learns rows with so many new ids; says what there is then. */
  Size learn(int ids) throws Exception {
    for (long end = row + ids / NEW_IN_ROW; row < end; ) {
      int trainer = (int) (row / SHIPMENT % TRAINERS);
      Example example = example(row++);
      replicas
          .get(trainer)
          .learn(spec.limits().admits() ? admissions.get(trainer).admitted(example) : example);
      trainers.get(trainer).learned(example.id());
      if (row % SHIPMENT == 0) {
        exchange(trainer);
      }
      if (row % CHECKPOINT == 0) {
        checkpoint();
      }
    }
    return new Size(
        coordinates.values().stream().mapToLong(Integer::longValue).sum(),
        state.getStateSize(),
        topicBytes);
  }

  private static Example example(long row) {
    Example example = new Example();
    example.clear();
    example.identify("row-" + row, "", row);
    example.features().addSparse(coordinate(row % REGULAR), 1);
    example.features().addSparse(coordinate(row * 7 % REGULAR), 1);
    for (int i = 0; i < NEW_IN_ROW; i++) {
      example.features().addSparse(coordinate(REGULAR + row * NEW_IN_ROW + i), 1);
    }
    long label = row % 3 == 0 ? 1 : 0;
    example.label(Long.toString(label), label);
    return example;
  }

  private static int coordinate(long id) {
    long mixed = (id + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    return (int) ((mixed ^ (mixed >>> 33)) >>> (64 - HASH_BITS));
  }

  private void exchange(int trainer) throws Exception {
    List<DeltaMessage> deltas = new ArrayList<>();
    trainers.get(trainer).ship(false, deltas::add);
    for (DeltaMessage delta : deltas) {
      shards.merge(delta);
    }
    shards.time(row);
    takeUp();
  }

  private void takeUp() {
    for (WeightsMessage message : shards.weights()) {
      trainers.forEach(trainer -> trainer.apply(message));
    }
    shards.forgetOutput();
  }

  private void checkpoint() throws Exception {
    state = shards.checkpoint(row, row);
    topicBytes = 0;
    for (ModelRecord.Block block : shards.blocks()) {
      topicBytes += block.payload().length;
      coordinates.put(block.block(), coordinates(BlockState.decode(block.payload(), TYPE)));
    }
    shards.forgetBlocks();
  }

  private static int coordinates(BlockState block) {
    int count = 0;
    for (int at = 0; at < block.values().length; at += block.truthWidth()) {
      count += block.values()[at] != 0 || block.values()[at + 1] != 0 ? 1 : 0;
    }
    return count;
  }

  /** Goes on from the last checkpoint, with trainers that know nothing. */
  void restore() throws Exception {
    shards.close();
    shards = new ShardHarness(0, 1, spec).restore(state);
    shards.time(row);
    start();
  }

  @Override
  public void close() throws Exception {
    shards.close();
  }
}
