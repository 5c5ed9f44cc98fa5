package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The truth of one virtual shard on the heap: merges deltas, remembers what trainers and state have
 * not been told yet. Blocks come into being when they are first touched.
 */
public final class ShardStore {
  private final MergeRule rule;
  private final ExchangeShape shape;
  private final int shard;
  private final long epoch;
  private final TrainerRoster roster;
  private final @Nullable ShardBlock[] blocks;
  private final BitSet touched = new BitSet();
  private final BitSet dirty = new BitSet();

  private long[] acknowledged = new long[0];
  private long examples;
  private long identities;
  private boolean news;

  /**
   * An untrained shard.
   *
   * @param rule how deltas merge
   * @param shard the index of this shard
   * @param epoch this run of the job
   * @param roster the trainers heard of, shared with the other shards of the subtask
   */
  public ShardStore(MergeRule rule, int shard, long epoch, TrainerRoster roster) {
    this.rule = rule;
    this.shape = rule.shape();
    this.shard = shard;
    this.epoch = epoch;
    this.roster = roster;
    int positions = 1 << (shape.coordinateBits() - shape.shardBits());
    blocks = new @Nullable ShardBlock[Math.max(1, positions / ShardBlock.SIZE)];
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
    mergeValues(delta.changes(), roster.active());
    mergeStatistics(delta.changes());
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

  private void mergeValues(CoordinateBatch delta, int trainers) {
    int[] coordinates = delta.coordinates();
    float[] values = delta.values();
    int truthWidth = shape.truthWidth();
    int deltaWidth = shape.deltaWidth();
    for (int i = 0; i < delta.size(); i++) {
      int local = shape.localOf(coordinates[i]);
      int position = local & (ShardBlock.SIZE - 1);
      ShardBlock block = changedBlock(local >>> ExchangeShape.BLOCK_BITS);
      rule.merge(
          coordinates[i], block.values, position * truthWidth, values, i * deltaWidth, trainers);
      block.touch(position);
    }
  }

  private void mergeStatistics(CoordinateBatch delta) {
    int[] coordinates = delta.statisticsCoordinates();
    for (int i = 0; i < delta.statisticsSize(); i++) {
      int local = shape.localOf(coordinates[i]);
      int position = local & (ShardBlock.SIZE - 1);
      ShardBlock block = changedBlock(local >>> ExchangeShape.BLOCK_BITS);
      int at = block.statisticsAt(position);
      rule.mergeStatistics(
          coordinates[i], block.statistics(), at, delta.statistics(), i * shape.statisticsWidth());
      block.touchStatistics(position);
    }
  }

  private ShardBlock changedBlock(int index) {
    ShardBlock block = block(index);
    // The flags repeat what the sets hold, next to data that is in the cache already.
    if (!block.dirty || !block.unpublished) {
      block.dirty = true;
      block.unpublished = true;
      dirty.set(index);
      touched.set(index);
    }
    return block;
  }

  private ShardBlock block(int index) {
    ShardBlock block = blocks[index];
    if (block == null) {
      block = new ShardBlock(shape);
      blocks[index] = block;
    }
    return block;
  }

  /** Whether something was merged since the last publication. */
  public boolean hasNews() {
    return news;
  }

  /**
   * What was touched since the last publication.
   *
   * @param version the newest version whose checkpoint completed
   */
  public WeightsMessage.Truth publish(long version) {
    int room = 0;
    int statisticsRoom = 0;
    for (int index = touched.nextSetBit(0); index >= 0; index = touched.nextSetBit(index + 1)) {
      room += block(index).touchedCount();
      statisticsRoom += block(index).touchedStatisticsCount();
    }
    CoordinateBatch truth =
        new CoordinateBatch(shape.truthWidth(), shape.statisticsWidth(), room, statisticsRoom);
    for (int index = touched.nextSetBit(0); index >= 0; index = touched.nextSetBit(index + 1)) {
      int first = shape.coordinateOf(shard, index << ExchangeShape.BLOCK_BITS);
      block(index).takeTouched(first, shape.shards(), truth);
    }
    touched.clear();
    news = false;
    return new WeightsMessage.Truth(epoch, shard, version, examples, acknowledged.clone(), truth);
  }

  /** Whether a block changed since {@link #takeDirty}. */
  public boolean hasDirty() {
    return !dirty.isEmpty();
  }

  /**
   * Each block that changed since the last call; live, so written before the next delta is merged.
   *
   * @param version the model version from which on they have this content
   */
  public List<BlockState> takeDirty(long version) {
    List<BlockState> changed = new ArrayList<>(dirty.cardinality());
    for (int index = dirty.nextSetBit(0); index >= 0; index = dirty.nextSetBit(index + 1)) {
      ShardBlock block = block(index);
      changed.add(block.state(shard, index, version));
      block.dirty = false;
    }
    dirty.clear();
    return changed;
  }

  /**
   * Takes over a block; it will be published.
   *
   * @throws IllegalArgumentException when it is of another shard or shape
   */
  public void restore(BlockState state) {
    if (state.shard() != shard || state.block() >= blocks.length) {
      throw new IllegalArgumentException(
          "block must be one of the "
              + blocks.length
              + " of shard "
              + shard
              + ", got "
              + state.name());
    }
    ShardBlock block = ShardBlock.of(state, shape);
    block.unpublished = true;
    blocks[state.block()] = block;
    touched.set(state.block());
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
