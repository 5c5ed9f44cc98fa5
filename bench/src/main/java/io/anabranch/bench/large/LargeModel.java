package io.anabranch.bench.large;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegressionProvider;
import io.anabranch.operators.exchange.Admission;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.Membership;
import io.anabranch.operators.exchange.MembershipTotals;
import io.anabranch.operators.exchange.ShardStore;
import io.anabranch.operators.exchange.TrainerExchange;
import io.anabranch.operators.exchange.TrainerRoster;
import io.anabranch.operators.exchange.WeightsMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Two trainers and the shards of one model, in one thread: the classes of the job without its
 * channels. What state would hold is counted, not kept.
 */
final class LargeModel {
  private static final String TYPE = "logistic-regression";
  private static final int TRAINERS = 2;
  private static final int SHIPMENT = 5_000;
  private static final long EPOCH = 1;

  private final boolean admits;
  private final List<SharedLearner> replicas = new ArrayList<>();
  private final List<Admission> admissions = new ArrayList<>();
  private final List<TrainerExchange> trainers = new ArrayList<>();
  private final List<ShardStore> shards = new ArrayList<>();
  private final Map<String, Integer> bytesInState = new HashMap<>();
  private final Map<String, Integer> coordinatesInState = new HashMap<>();
  private final Prediction prediction = new Prediction();
  private long rows;

  LargeModel(int bits, CoordinateLimits limits) {
    admits = limits.admits();
    LogisticRegressionProvider provider = new LogisticRegressionProvider();
    LearnerSettings settings = new LearnerSettings(Target.binary("1"), bits, Map.of(), 1);
    MergeRule rule = provider.mergeRule(settings).orElseThrow();
    TrainerRoster roster = new TrainerRoster();
    for (int i = 0; i < TRAINERS; i++) {
      SharedLearner replica = provider.createShared(settings).orElseThrow();
      Admission admission = new Admission(rule.shape(), bits);
      replicas.add(replica);
      admissions.add(admission);
      trainers.add(
          new TrainerExchange(
              replica, i, EPOCH, admits ? admission : null, System::nanoTime, nanos -> {}));
    }
    for (int shard = 0; shard < rule.shape().shards(); shard++) {
      shards.add(new ShardStore(rule, shard, EPOCH, roster, limits, bits));
    }
  }

  /**
   * Predicts and learns a row.
   *
   * @param now what time it is, in milliseconds
   * @return the probability that was predicted for the label 1
   */
  double learn(Example example, long now) {
    int trainer = (int) (rows++ / SHIPMENT % TRAINERS);
    SharedLearner replica = replicas.get(trainer);
    replica.predict(example, prediction);
    replica.learn(admits ? admissions.get(trainer).admitted(example) : example);
    trainers.get(trainer).learned(example.id());
    if (rows % SHIPMENT == 0) {
      List<DeltaMessage> deltas = new ArrayList<>();
      trainers.get(trainer).ship(false, deltas::add);
      deltas.forEach(delta -> shards.get(delta.shard()).merge(delta));
      publish(now);
    }
    return prediction.probability();
  }

  private void publish(long now) {
    for (ShardStore shard : shards) {
      shard.advance(now);
      if (shard.hasNews()) {
        WeightsMessage truth = shard.publish(0);
        trainers.forEach(trainer -> trainer.apply(truth));
      }
    }
  }

  /** What a checkpoint would write. */
  void checkpoint() throws Exception {
    for (int i = 0; i < shards.size(); i++) {
      for (BlockState block : shards.get(i).takeDirty(1)) {
        if (block.isEmpty()) {
          bytesInState.remove(block.name());
          coordinatesInState.remove(block.name());
        } else {
          bytesInState.put(block.name(), block.encode(TYPE).length);
          coordinatesInState.put(block.name(), touched(block));
        }
      }
      String members = "members " + i + "-";
      if (shards.get(i).membership().isPresent()) {
        shards
            .get(i)
            .membership()
            .get()
            .takeChanges(
                new Membership.Changes() {
                  @Override
                  public void changed(int block, byte[] state) {
                    bytesInState.put(members + block, state.length);
                  }

                  @Override
                  public void removed(int block) {
                    bytesInState.remove(members + block);
                  }
                });
      }
    }
  }

  private static int touched(BlockState block) {
    int touched = 0;
    for (int at = 0; at < block.values().length; at += block.truthWidth()) {
      touched += block.values()[at] != 0 || block.values()[at + 1] != 0 ? 1 : 0;
    }
    return touched;
  }

  /** All of state, as of the last checkpoint. */
  long stateBytes() {
    return bytesInState.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** The coordinates that have weights in state. */
  long coordinates() {
    return coordinatesInState.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** A sum over the shards; 0 where coordinates have no limits. */
  long sum(ToLongFunction<MembershipTotals> figure) {
    return shards.stream()
        .mapToLong(shard -> shard.membership().map(m -> figure.applyAsLong(m.totals())).orElse(0L))
        .sum();
  }
}
