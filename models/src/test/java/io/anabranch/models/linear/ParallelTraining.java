package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.SharedLearner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A deterministic picture of the exchange in one thread: P replicas take examples in turn, ship
 * their deltas at relative, jittered intervals, and a delta is merged and published to all one
 * whole interval after it was shipped, the worst case of the real one.
 */
public final class ParallelTraining {
  private record Delta(int trainer, long due, CoordinateBatch[] perShard) {}

  private static final double SHARE = 0.01;

  private final MergeRule rule;
  private final ExchangeShape shape;
  private final List<? extends SharedLearner> replicas;
  private final int longest;
  private final boolean delayed;
  private final ArrayDeque<Delta> underway = new ArrayDeque<>();
  private final Map<Integer, float[]> truth = new HashMap<>();
  private final Map<Integer, double[]> statistics = new HashMap<>();
  private final SplittableRandom jitter = new SplittableRandom(1);
  private final int[] intervals;
  private final int[] since;
  private final long[] seen;

  /**
   * Replicas that learn together.
   *
   * @param longest most examples of an interval
   * @param delayed whether a delta is under way for a whole interval
   */
  public ParallelTraining(
      MergeRule rule, List<? extends SharedLearner> replicas, int longest, boolean delayed) {
    this.rule = rule;
    this.shape = rule.shape();
    this.replicas = replicas;
    this.longest = longest;
    this.delayed = delayed;
    intervals = new int[replicas.size()];
    Arrays.fill(intervals, 1);
    since = new int[replicas.size()];
    seen = new long[replicas.size()];
  }

  /** Deals the examples in turn. */
  public Prequential run(List<Example> examples) {
    Prequential figures = new Prequential();
    for (int i = 0; i < examples.size(); i++) {
      deliver(i);
      int trainer = i % replicas.size();
      figures.step(replicas.get(trainer), examples.get(i));
      seen[trainer]++;
      if (++since[trainer] >= intervals[trainer]) {
        ship(trainer, i);
      }
    }
    return figures;
  }

  /** Ships and delivers all that is left. */
  public void finish() {
    for (int trainer = 0; trainer < replicas.size(); trainer++) {
      ship(trainer, 0);
    }
    deliver(Long.MAX_VALUE);
  }

  /** The merged weights, by coordinate. */
  Map<Integer, float[]> truth() {
    return truth;
  }

  /** The merged moments, by coordinate. */
  Map<Integer, double[]> statistics() {
    return statistics;
  }

  private void ship(int trainer, int now) {
    int interval = intervals[trainer];
    since[trainer] = 0;
    double next = Math.max(1, Math.min(longest, SHARE * seen[trainer]));
    intervals[trainer] = Math.max(1, (int) (next * (0.75 + 0.5 * jitter.nextDouble())));
    CoordinateBatch[] batches = batches();
    replicas.get(trainer).drain(batches);
    long due = now + 1 + (delayed ? (long) interval * replicas.size() : 0);
    underway.add(new Delta(trainer, due, batches));
  }

  private void deliver(long now) {
    // Trainers differ in interval, so the order of shipping is not the order of arrival.
    for (Delta delta : List.copyOf(underway)) {
      if (delta.due() <= now) {
        underway.remove(delta);
        publish(merge(delta));
      }
    }
  }

  private CoordinateBatch[] merge(Delta delta) {
    CoordinateBatch[] published = new CoordinateBatch[shape.shards()];
    for (int shard = 0; shard < published.length; shard++) {
      CoordinateBatch batch = delta.perShard()[shard];
      published[shard] = new CoordinateBatch(shape.truthWidth(), shape.statisticsWidth());
      for (int i = 0; i < batch.size(); i++) {
        int c = batch.coordinates()[i];
        float[] values = truth.computeIfAbsent(c, key -> new float[shape.truthWidth()]);
        rule.merge(c, values, 0, batch.values(), i * shape.deltaWidth(), replicas.size());
        int to = published[shard].add(c);
        System.arraycopy(values, 0, published[shard].values(), to, values.length);
      }
      for (int i = 0; i < batch.statisticsSize(); i++) {
        int c = batch.statisticsCoordinates()[i];
        double[] values = statistics.computeIfAbsent(c, k -> new double[shape.statisticsWidth()]);
        rule.mergeStatistics(c, values, 0, batch.statistics(), i * shape.statisticsWidth());
        int to = published[shard].addStatistics(c);
        System.arraycopy(values, 0, published[shard].statistics(), to, values.length);
      }
    }
    return published;
  }

  private void publish(CoordinateBatch[] published) {
    for (int trainer = 0; trainer < replicas.size(); trainer++) {
      SharedLearner replica = replicas.get(trainer);
      List<Delta> own = new ArrayList<>();
      for (Delta delta : underway) {
        if (delta.trainer() == trainer) {
          own.add(delta);
        }
      }
      for (int shard = 0; shard < published.length; shard++) {
        replica.overwrite(published[shard]);
        for (Delta delta : own) {
          replica.reapply(delta.perShard()[shard], published[shard]);
        }
      }
    }
  }

  private CoordinateBatch[] batches() {
    CoordinateBatch[] batches = new CoordinateBatch[shape.shards()];
    for (int shard = 0; shard < batches.length; shard++) {
      batches[shard] = new CoordinateBatch(shape.deltaWidth(), shape.statisticsWidth());
    }
    return batches;
  }
}
