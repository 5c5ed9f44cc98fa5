package io.anabranch.bench.exchange;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.ShardStore;
import io.anabranch.operators.exchange.TrainerRoster;
import io.anabranch.operators.exchange.WeightsMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trainers and shards in one thread, deterministic. Examples are dealt in turn, as a topic of P
 * partitions deals them; in each tick every trainer that does not wait takes one.
 */
final class Simulation {
  private final List<SimulatedTrainer> trainers;
  private final List<ShardStore> shards;
  private final Loss loss = new Loss();
  private final Precision precision;

  private Simulation(LearnerProvider provider, LearnerSettings settings, ExchangePlan plan) {
    MergeRule rule = provider.mergeRule(settings).orElseThrow();
    precision = plan.precision(rule);
    TrainerRoster roster = new TrainerRoster();
    shards =
        IntStream.range(0, rule.shape().shards())
            .mapToObj(shard -> new ShardStore(rule, shard, SimulatedTrainer.epoch(), roster))
            .toList();
    trainers =
        IntStream.range(0, plan.trainers())
            .mapToObj(
                index ->
                    new SimulatedTrainer(
                        plan,
                        provider.createShared(settings).orElseThrow(),
                        precision,
                        index,
                        settings.seed()))
            .toList();
  }

  /**
   * What came of a run.
   *
   * @param loss of each example's prediction, made before it was learned
   * @param blocks the truth in the end
   */
  record Outcome(Loss loss, List<BlockState> blocks) {}

  /** Predicts and learns the examples in parallel. */
  static Outcome run(
      LearnerProvider provider,
      LearnerSettings settings,
      List<Example> examples,
      ExchangePlan plan) {
    Simulation simulation = new Simulation(provider, settings, plan);
    simulation.run(examples);
    return new Outcome(simulation.loss, simulation.blocks());
  }

  /**
   * Predicts and learns the examples one after the other.
   *
   * @param behind how many examples before the one to predict are not learned yet; 0 or more
   */
  static Loss sequential(
      LearnerProvider provider, LearnerSettings settings, List<Example> examples, int behind) {
    Learner learner = provider.create(settings);
    Prediction prediction = new Prediction();
    Loss loss = new Loss();
    for (int i = 0; i < examples.size(); i++) {
      learner.predict(examples.get(i), prediction);
      loss.add(prediction, examples.get(i));
      if (i >= behind) {
        learner.learn(examples.get(i - behind));
      }
    }
    return loss;
  }

  private void run(List<Example> examples) {
    int[] next = IntStream.range(0, trainers.size()).toArray();
    int left = examples.size();
    long now = 0;
    for (; left > 0; now++) {
      for (int i = 0; i < trainers.size(); i++) {
        SimulatedTrainer trainer = trainers.get(i);
        if (next[i] < examples.size() && !trainer.waits(now)) {
          trainer.take(examples.get(next[i]), now, loss);
          next[i] += trainers.size();
          left--;
        }
      }
      exchange(now);
    }
    for (SimulatedTrainer trainer : trainers) {
      trainer.shipAll(now);
    }
    exchange(Long.MAX_VALUE);
  }

  private void exchange(long now) {
    for (SimulatedTrainer trainer : trainers) {
      for (DeltaMessage delta : trainer.arrived(now)) {
        shards.get(delta.shard()).merge(delta);
      }
    }
    for (ShardStore shard : shards) {
      if (shard.hasNews()) {
        WeightsMessage.Truth truth = shard.publish(0);
        truth.truth().round(precision.truth());
        trainers.forEach(trainer -> trainer.apply(truth));
      }
    }
  }

  private List<BlockState> blocks() {
    List<BlockState> blocks = new ArrayList<>();
    shards.forEach(shard -> blocks.addAll(shard.takeDirty(1)));
    return blocks;
  }
}
