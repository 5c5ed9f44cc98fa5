package io.anabranch.bench;

import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.ShardStore;
import io.anabranch.operators.exchange.TrainerRoster;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Coordinates merged per second by all shards of a model of 2^24 coordinates, and what was merged
 * published: where every coordinate is touched, so that blocks are whole, and where 200,000 are.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class ShardKernel {
  private static final int BITS = 24;
  private static final int IN_DELTA = 1_000;
  private static final int DELTAS_OF_SHARD = 20;

  /** How many coordinates are touched. */
  @Param({"16777216", "200000"})
  int touched;

  private ShardStore[] shards = new ShardStore[0];
  private CoordinateBatch[][] deltas = new CoordinateBatch[0][];
  private long[] sequences = new long[0];
  private int next;

  /** Touches them all, and draws what will be merged from them. */
  @Setup
  public void drawDeltas() {
    MergeRule rule =
        new LearnerRegistry(ShardKernel.class.getClassLoader())
            .find("logistic-regression")
            .orElseThrow()
            .mergeRule(new LearnerSettings(Target.binary("1"), BITS, Map.of(), 1))
            .orElseThrow();
    ExchangeShape shape = rule.shape();
    SplittableRandom random = new SplittableRandom(42);
    int[][] coordinates = new int[shape.shards()][touched / shape.shards()];
    shards = new ShardStore[shape.shards()];
    sequences = new long[shape.shards()];
    deltas = new CoordinateBatch[shape.shards()][DELTAS_OF_SHARD];
    TrainerRoster roster = new TrainerRoster();
    int stride = (1 << BITS) / touched;
    for (int shard = 0; shard < shards.length; shard++) {
      int[] own = coordinates[shard];
      for (int i = 0; i < own.length; i++) {
        own[i] = shape.coordinateOf(shard, i * stride + random.nextInt(stride));
      }
      shards[shard] = new ShardStore(rule, shard, 1, roster);
      merge(shard, delta(shape, own));
      for (int d = 0; d < DELTAS_OF_SHARD; d++) {
        int[] drawn = random.ints(IN_DELTA, 0, own.length).map(i -> own[i]).toArray();
        deltas[shard][d] = delta(shape, drawn);
      }
    }
    publishAll();
  }

  private static CoordinateBatch delta(ExchangeShape shape, int[] coordinates) {
    int[] distinct = Arrays.stream(coordinates).distinct().toArray();
    CoordinateBatch delta = new CoordinateBatch(shape.deltaWidth(), shape.statisticsWidth());
    for (int coordinate : distinct) {
      int at = delta.add(coordinate);
      delta.values()[at] = 0.001f;
      delta.values()[at + 1] = 0.25f;
    }
    return delta;
  }

  private void merge(int shard, CoordinateBatch delta) {
    shards[shard].merge(new DeltaMessage(1, shard, 0, ++sequences[shard], false, 0, 0, delta));
  }

  private int publishAll() {
    int published = 0;
    for (ShardStore shard : shards) {
      published += shard.publish(0).truth().size();
    }
    return published;
  }

  /** A delta to each shard. */
  @Benchmark
  @OperationsPerInvocation(64 * IN_DELTA)
  public int merge() {
    mergeAll();
    return next;
  }

  /** The same, and what it changed is published. */
  @Benchmark
  @OperationsPerInvocation(64 * IN_DELTA)
  public int mergeAndPublish() {
    mergeAll();
    return publishAll();
  }

  private void mergeAll() {
    next = next + 1 == DELTAS_OF_SHARD ? 0 : next + 1;
    for (int shard = 0; shard < shards.length; shard++) {
      merge(shard, deltas[shard][next]);
    }
  }
}
