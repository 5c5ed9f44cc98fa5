package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The truth of one virtual shard on the heap: merges deltas, remembers what trainers and state have
 * not been told yet. Blocks come into being when they are first touched.
 */
public final class ShardStore {
  private static final int BLOCKS_IN_PART = 32;
  private static final CoordinateBatch NOTHING = new CoordinateBatch(0, 0);

  private final MergeRule rule;
  private final ExchangeShape shape;
  private final int shard;
  private final long epoch;
  private final TrainerRoster roster;
  private final ShardWeights weights;
  private final @Nullable Membership membership;
  private final Departures gone = new Departures();
  private final @Nullable StatisticsBlock[] statistics;

  // By block: changed since it was last written to state; its statistics were touched.
  private final long[] dirty;
  private final BitSet touchedStatistics = new BitSet();

  // By block, as of the last time that it was written to state; and their sum, which metric
  // reporters read.
  private final double[] squaredNorms;
  private volatile double squaredNorm;

  private long[] acknowledged = new long[0];
  private long examples;
  private long identities;
  private boolean news;

  /**
   * An untrained shard that keeps all coordinates.
   *
   * @param rule how deltas merge
   * @param shard the index of this shard
   * @param epoch this run of the job
   * @param roster the trainers heard of, shared with the other shards of the subtask
   */
  public ShardStore(MergeRule rule, int shard, long epoch, TrainerRoster roster) {
    this(rule, shard, epoch, roster, CoordinateLimits.NONE, 0);
  }

  /**
   * An untrained shard.
   *
   * @param limits which coordinates it keeps weights of
   * @param hashBits the coordinates below 2^hashBits are those that the limits are for
   */
  public ShardStore(
      MergeRule rule,
      int shard,
      long epoch,
      TrainerRoster roster,
      CoordinateLimits limits,
      int hashBits) {
    this.rule = rule;
    this.shape = rule.shape();
    this.shard = shard;
    this.epoch = epoch;
    this.roster = roster;
    weights = new ShardWeights(shape);
    membership =
        limits.admits() || limits.expires() ? new Membership(limits, shape, shard, hashBits) : null;
    statistics = new @Nullable StatisticsBlock[weights.blockCount()];
    squaredNorms = new double[weights.blockCount()];
    dirty = new long[(weights.blockCount() + Long.SIZE - 1) / Long.SIZE];
  }

  /**
   * Merges a delta. One of an older epoch, come back out of a checkpoint's channel state, is merged
   * like any other, but not acknowledged: its trainer is gone.
   *
   * @return whether it was of this epoch
   * @throws IllegalStateException when a delta before it is missing
   */
  public boolean merge(DeltaMessage delta) {
    boolean current = delta.epoch() == epoch;
    if (current) {
      roster.heard(delta.trainer());
      acknowledge(delta.trainer(), delta.sequence());
    }
    weights.merge(delta.changes(), rule, roster.active(), dirty);
    mergeStatistics(delta.changes());
    if (membership != null) {
      membership.touch(delta.changes());
      membership.count(delta.occurrences(), weights::mark);
    }
    examples += delta.examples();
    identities += delta.identities();
    news = true;
    return current;
  }

  private void acknowledge(int trainer, long sequence) {
    if (acknowledged.length <= trainer) {
      acknowledged = Arrays.copyOf(acknowledged, trainer + 1);
    }
    if (sequence != acknowledged[trainer] + 1) {
      throw new IllegalStateException(
          "shard "
              + shard
              + " expects delta "
              + (acknowledged[trainer] + 1)
              + " of trainer "
              + trainer
              + ", got "
              + sequence);
    }
    acknowledged[trainer] = sequence;
  }

  private void mergeStatistics(CoordinateBatch delta) {
    int[] coordinates = delta.statisticsCoordinates();
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int local = shape.localOf(coordinates[i]);
      int index = local >>> ExchangeShape.BLOCK_BITS;
      StatisticsBlock block = statistics[index];
      if (block == null) {
        block = new StatisticsBlock(shape.statisticsWidth());
        statistics[index] = block;
      }
      int at = block.touch(local & (BlockState.COORDINATES - 1));
      rule.mergeStatistics(
          coordinates[i], block.live(), at, delta.statistics(), i * shape.statisticsWidth());
      dirty[index >>> 6] |= 1L << index;
      touchedStatistics.set(index);
    }
  }

  /** Whether something was merged since the last publication. */
  public boolean hasNews() {
    return news;
  }

  /**
   * What was restored, in parts, before the first delta is merged: in one message the arrays of a
   * large shard would be of megabytes, which collectors of garbage do not move.
   *
   * @param version the newest version whose checkpoint completed
   */
  public void publishRestored(long version, Consumer<WeightsMessage.Truth> out) {
    while (weights.touchedBlocks() > BLOCKS_IN_PART) {
      CoordinateBatch part = new CoordinateBatch(shape.truthWidth(), shape.statisticsWidth());
      weights.takeTouched(shard, BLOCKS_IN_PART, part);
      out.accept(
          new WeightsMessage.Truth(
              epoch, shard, version, examples, acknowledged.clone(), part, NOTHING));
    }
    out.accept(publish(version));
  }

  /**
   * What was touched since the last publication.
   *
   * @param version the newest version whose checkpoint completed
   */
  public WeightsMessage.Truth publish(long version) {
    int statisticsRoom =
        touchedStatistics.stream().map(index -> statisticsOf(index).touchedCount()).sum();
    CoordinateBatch truth =
        new CoordinateBatch(shape.truthWidth(), shape.statisticsWidth(), 0, statisticsRoom);
    weights.takeTouched(shard, Integer.MAX_VALUE, truth);
    touchedStatistics.stream()
        .forEach(
            index -> {
              int first = shape.coordinateOf(shard, index << ExchangeShape.BLOCK_BITS);
              statisticsOf(index).takeTouched(first, shape.shards(), truth);
            });
    touchedStatistics.clear();
    news = false;
    return new WeightsMessage.Truth(
        epoch, shard, version, examples, acknowledged.clone(), truth, gone.take(this::isMember));
  }

  private boolean isMember(int coordinate) {
    return membership == null || membership.has(shape.localOf(coordinate));
  }

  /**
   * Forgets the coordinates that did not occur for longer than the limits say.
   *
   * @param now milliseconds of the machine's clock
   */
  public void advance(long now) {
    if (membership != null) {
      membership.advance(now, this::forget);
    }
  }

  private void forget(int position) {
    weights.forget(position);
    int index = position >>> ExchangeShape.BLOCK_BITS;
    dirty[index >>> 6] |= 1L << index;
    gone.add(shape.coordinateOf(shard, position));
    news = true;
  }

  /** Which hashed coordinates are in the model; empty when all are that were ever touched. */
  public Optional<Membership> membership() {
    return Optional.ofNullable(membership);
  }

  /** Takes over what was kept of which coordinates are in the model, before anything else. */
  public void restoreMembership(MembershipTotals totals) {
    if (membership != null) {
      membership.restore(totals);
    }
  }

  /** Takes over a block of it; its members will be published. */
  public void restoreMembership(int block, byte[] state) {
    if (membership != null) {
      membership.restore(block, state, weights::mark);
      news = true;
    }
  }

  private StatisticsBlock statisticsOf(int index) {
    return Objects.requireNonNull(statistics[index]);
  }

  /** Whether a block changed since {@link #takeDirty}. */
  public boolean hasDirty() {
    return Arrays.stream(dirty).anyMatch(word -> word != 0);
  }

  /**
   * Each block that changed since the last call; live, so written before the next delta is merged.
   *
   * @param version the model version from which on they have this content
   */
  public List<BlockState> takeDirty(long version) {
    List<BlockState> changed =
        BitSet.valueOf(dirty).stream().mapToObj(index -> state(index, version)).toList();
    changed.forEach(state -> squaredNorms[state.block()] = weights.squaredNorm(state.block()));
    squaredNorm = Arrays.stream(squaredNorms).sum();
    if (membership != null) {
      changed.forEach(state -> weights.compact(state.block()));
    }
    Arrays.fill(dirty, 0);
    return changed;
  }

  /**
   * The sum of squares of the first float of each coordinate, as of the last {@link #takeDirty}.
   */
  public double squaredNorm() {
    return squaredNorm;
  }

  /** The heap that the weights take. */
  public long bytes() {
    return weights.bytes();
  }

  /** How much of the last delta that was looked at was left after the rule's discount. */
  public double mergedShare() {
    return weights.mergedShare();
  }

  private BlockState state(int index, long version) {
    StatisticsBlock block = statistics[index];
    int[] offsets = block == null ? new int[0] : block.offsets();
    return new BlockState(
        shard,
        index,
        version,
        shape.truthWidth(),
        weights.values(index),
        shape.statisticsWidth(),
        offsets,
        block == null ? new double[0] : block.values(offsets));
  }

  /**
   * Takes over a block; it will be published.
   *
   * @throws IllegalArgumentException when it is of another shard or shape
   */
  public void restore(BlockState state) {
    if (state.shard() != shard || state.block() >= statistics.length) {
      throw new IllegalArgumentException(
          "block must be one of the "
              + statistics.length
              + " of shard "
              + shard
              + ", got "
              + state.name());
    }
    if (state.truthWidth() != shape.truthWidth()
        || state.statisticsWidth() != shape.statisticsWidth()) {
      throw new IllegalArgumentException(
          "block %s must have %d floats and %d doubles per coordinate, got %d and %d"
              .formatted(
                  state.name(),
                  shape.truthWidth(),
                  shape.statisticsWidth(),
                  state.truthWidth(),
                  state.statisticsWidth()));
    }
    weights.restore(state.block(), state.values());
    if (membership != null) {
      adopt(state, membership);
    }
    double before = squaredNorms[state.block()];
    squaredNorms[state.block()] = weights.squaredNorm(state.block());
    // Not summed anew: a large model has a thousand blocks in each shard.
    squaredNorm = squaredNorm - before + squaredNorms[state.block()];
    if (state.statisticsOffsets().length > 0) {
      statistics[state.block()] =
          StatisticsBlock.of(
              shape.statisticsWidth(), state.statisticsOffsets(), state.statistics());
      touchedStatistics.set(state.block());
    }
    news = true;
  }

  /** What has weights was learned: also by a build, or with settings, that kept no members. */
  private void adopt(BlockState state, Membership membership) {
    for (int i = 0; i < state.values().length; i++) {
      if (state.values()[i] != 0) {
        membership.adopt((state.block() << ExchangeShape.BLOCK_BITS) + i / shape.truthWidth());
      }
    }
  }

  /** Begins with this shard's part of a whole model; it will be published, and counts nothing. */
  public void start(CoordinateBatch model) {
    CoordinateBatch own = new CoordinateBatch(model.width(), model.statisticsWidth());
    for (int i = 0; i < model.size(); i++) {
      if (shape.shardOf(model.coordinates()[i]) == shard) {
        int to = own.add(model.coordinates()[i]);
        System.arraycopy(model.values(), i * model.width(), own.values(), to, model.width());
      }
    }
    int width = model.statisticsWidth();
    for (int i = 0; i < model.statisticsSize(); i++) {
      if (shape.shardOf(model.statisticsCoordinates()[i]) == shard) {
        int to = own.addStatistics(model.statisticsCoordinates()[i]);
        System.arraycopy(model.statistics(), i * width, own.statistics(), to, width);
      }
    }
    weights.merge(own, rule, 1, dirty);
    mergeStatistics(own);
    if (membership != null) {
      membership.touch(own);
    }
    news = true;
  }

  /** Takes over the counts. */
  public void restoreCounts(long examples, long identities) {
    this.examples = examples;
    this.identities = identities;
    news = true;
  }

  /** Examples learned; counted by {@link DeltaMessage#COUNTING_SHARD} only. */
  public long examples() {
    return examples;
  }

  /** The sum of {@link DeltaMessage#identity} of the examples learned. */
  public long identities() {
    return identities;
  }
}
