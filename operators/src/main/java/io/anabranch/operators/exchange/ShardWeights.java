package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;

/**
 * The weights plane of one shard's truth, and which positions were touched since they were last
 * published. Blocks of {@link BlockState#COORDINATES} positions come into being when they are first
 * touched; all flags of the shard lie together, so that merging a delta misses the cache for little
 * more than the truth itself.
 */
final class ShardWeights {
  private static final int IN_BLOCK = BlockState.COORDINATES - 1;

  private static final float[] UNTOUCHED = {};

  private final ExchangeShape shape;
  private final int width;
  private final float[][] blocks;
  private final long[] touched;

  // The truth of the delta that is being merged, gathered: its cache misses overlap in a loop that
  // does nothing else.
  private float[] gathered = new float[0];

  ShardWeights(ExchangeShape shape) {
    this.shape = shape;
    width = shape.truthWidth();
    int positions = 1 << (shape.coordinateBits() - shape.shardBits());
    blocks = new float[Math.max(1, positions / BlockState.COORDINATES)][];
    Arrays.fill(blocks, UNTOUCHED);
    touched = new long[Math.max(1, positions / Long.SIZE)];
  }

  int blockCount() {
    return blocks.length;
  }

  /** Merges a delta, and marks the blocks that it changed in {@code changed}. */
  void merge(CoordinateBatch delta, MergeRule rule, int trainers, long[] changed) {
    int size = delta.size();
    int[] coordinates = delta.coordinates();
    float[] values = delta.values();
    int deltaWidth = delta.width();
    gather(coordinates, size);
    float[] truth = gathered;
    for (int i = 0; i < size; i++) {
      rule.merge(coordinates[i], truth, i * width, values, i * deltaWidth, trainers);
    }
    scatter(coordinates, size, changed);
  }

  private void gather(int[] coordinates, int size) {
    if (gathered.length < size * width) {
      gathered = new float[Math.max(size * width, 2 * gathered.length)];
    }
    float[] into = gathered;
    int shardBits = shape.shardBits();
    int to = 0;
    for (int i = 0; i < size; i++) {
      int position = coordinates[i] >>> shardBits;
      float[] block = block(position >>> ExchangeShape.BLOCK_BITS);
      int from = (position & IN_BLOCK) * width;
      for (int end = to + width; to < end; ) {
        into[to++] = block[from++];
      }
    }
  }

  private void scatter(int[] coordinates, int size, long[] changed) {
    float[] from = gathered;
    int shardBits = shape.shardBits();
    int at = 0;
    for (int i = 0; i < size; i++) {
      int position = coordinates[i] >>> shardBits;
      int index = position >>> ExchangeShape.BLOCK_BITS;
      float[] block = block(index);
      int to = (position & IN_BLOCK) * width;
      for (int end = at + width; at < end; ) {
        block[to++] = from[at++];
      }
      touched[position >>> 6] |= 1L << position;
      changed[index >>> 6] |= 1L << index;
    }
  }

  private float[] block(int index) {
    float[] block = blocks[index];
    if (block.length == 0) {
      block = new float[BlockState.COORDINATES * width];
      blocks[index] = block;
    }
    return block;
  }

  /** How many positions were touched since {@link #takeTouched}. */
  int touchedCount() {
    int count = 0;
    for (long word : touched) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** Appends what was touched, in ascending order, and forgets that it was. */
  void takeTouched(int shard, CoordinateBatch into) {
    for (int word = 0; word < touched.length; word++) {
      long bits = touched[word];
      if (bits == 0) {
        continue;
      }
      touched[word] = 0;
      float[] block = block(word >>> (ExchangeShape.BLOCK_BITS - 6));
      for (; bits != 0; bits &= bits - 1) {
        int position = (word << 6) + Long.numberOfTrailingZeros(bits);
        int to = into.add(shape.coordinateOf(shard, position));
        int from = (position & IN_BLOCK) * width;
        float[] values = into.values();
        for (int end = to + width; to < end; ) {
          values[to++] = block[from++];
        }
      }
    }
  }

  /** The floats of a block, live; zeros when it was never touched. */
  float[] values(int index) {
    float[] block = blocks[index];
    return block.length == 0 ? new float[BlockState.COORDINATES * width] : block;
  }

  /** Takes over a block; all of it that is not zero will be published. */
  void restore(int index, float[] values) {
    blocks[index] = Arrays.copyOf(values, values.length);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        int position = (index << ExchangeShape.BLOCK_BITS) + i / width;
        touched[position >>> 6] |= 1L << position;
      }
    }
  }
}
