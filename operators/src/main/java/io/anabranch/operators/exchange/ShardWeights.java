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

  private static final int BLOCK_WORDS = BlockState.COORDINATES / Long.SIZE;

  private static final float[] UNTOUCHED = {};

  private final ExchangeShape shape;
  private final int width;
  private final float[][] blocks;

  // By block: touched since the last publication; and which positions. The latter reaches as far as
  // there are blocks: most of the space of numbers is empty.
  private final long[] touchedBlocks;
  private long[] touched = new long[0];

  // The truth of the delta that is being merged, gathered: its cache misses overlap in a loop that
  // does nothing else.
  private float[] gathered = new float[0];
  private int[] positions = new int[0];

  private final MergedShare share = new MergedShare();

  ShardWeights(ExchangeShape shape) {
    this.shape = shape;
    width = shape.truthWidth();
    int positions = 1 << (shape.coordinateBits() - shape.shardBits());
    blocks = new float[Math.max(1, positions / BlockState.COORDINATES)][];
    Arrays.fill(blocks, UNTOUCHED);
    touchedBlocks = new long[(blocks.length + Long.SIZE - 1) / Long.SIZE];
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
    boolean measured = share.before(truth, width, size);
    for (int i = 0; i < size; i++) {
      rule.merge(coordinates[i], truth, i * width, values, i * deltaWidth, trainers);
    }
    if (measured) {
      share.after(truth, width, values, deltaWidth, size);
    }
    scatter(size, changed);
  }

  /** How much of the last delta that was looked at was left after the rule's discount. */
  double mergedShare() {
    return share.last();
  }

  /** The heap that the blocks take, and the flags of their positions. */
  long bytes() {
    long bytes = (long) touched.length * Long.BYTES;
    for (float[] block : blocks) {
      bytes += (long) block.length * Float.BYTES;
    }
    return bytes;
  }

  /** The sum of squares of the first float of each coordinate of a block. */
  double squaredNorm(int index) {
    float[] block = blocks[index];
    double sum = 0;
    for (int at = 0; at < block.length; at += width) {
      sum += (double) block[at] * block[at];
    }
    return sum;
  }

  private void gather(int[] coordinates, int size) {
    if (gathered.length < size * width) {
      gathered = new float[Math.max(size * width, 2 * gathered.length)];
    }
    if (positions.length < size) {
      positions = new int[Math.max(size, 2 * positions.length)];
    }
    for (int i = 0; i < size; i++) {
      positions[i] = coordinates[i] >>> shape.shardBits();
      block(positions[i] >>> ExchangeShape.BLOCK_BITS);
    }
    copy(positions, size, gathered);
  }

  /** Copies the floats of positions whose blocks exist. */
  private void copy(int[] from, int size, float[] into) {
    if (width == 2) {
      for (int i = 0; i < size; i++) {
        float[] block = blocks[from[i] >>> ExchangeShape.BLOCK_BITS];
        int at = (from[i] & IN_BLOCK) << 1;
        into[2 * i] = block[at];
        into[2 * i + 1] = block[at + 1];
      }
    } else {
      for (int i = 0; i < size; i++) {
        float[] block = blocks[from[i] >>> ExchangeShape.BLOCK_BITS];
        System.arraycopy(block, (from[i] & IN_BLOCK) * width, into, i * width, width);
      }
    }
  }

  private void scatter(int size, long[] changed) {
    float[] from = gathered;
    for (int i = 0; i < size; i++) {
      int position = positions[i];
      int index = position >>> ExchangeShape.BLOCK_BITS;
      float[] block = blocks[index];
      int to = (position & IN_BLOCK) * width;
      for (int at = i * width, end = at + width; at < end; ) {
        block[to++] = from[at++];
      }
      touched[position >>> 6] |= 1L << position;
      touchedBlocks[index >>> 6] |= 1L << index;
      changed[index >>> 6] |= 1L << index;
    }
  }

  private float[] block(int index) {
    float[] block = blocks[index];
    if (block.length == 0) {
      block = new float[BlockState.COORDINATES * width];
      make(index, block);
    }
    return block;
  }

  /** Has a position published, with zeros when it was never touched. */
  void mark(int position) {
    int index = position >>> ExchangeShape.BLOCK_BITS;
    block(index);
    touched[position >>> 6] |= 1L << position;
    touchedBlocks[index >>> 6] |= 1L << index;
  }

  /** Makes a position what it was before it was first touched. */
  void forget(int position) {
    int index = position >>> ExchangeShape.BLOCK_BITS;
    float[] block = blocks[index];
    if (block.length > 0) {
      int at = (position & IN_BLOCK) * width;
      Arrays.fill(block, at, at + width, 0);
      touched[position >>> 6] &= ~(1L << position);
    }
  }

  /** Gives up a block in which nothing is left, and nothing to be published. */
  void dropIfEmpty(int index) {
    for (float value : blocks[index]) {
      if (Float.floatToRawIntBits(value) != 0) {
        return;
      }
    }
    if ((touchedBlocks[index >>> 6] >>> index & 1) == 0) {
      blocks[index] = UNTOUCHED;
    }
  }

  private void make(int index, float[] block) {
    blocks[index] = block;
    int words = (index + 1) * BLOCK_WORDS;
    if (touched.length < words) {
      touched = Arrays.copyOf(touched, Math.max(words, Math.min(2 * touched.length, mostWords())));
    }
  }

  private int mostWords() {
    return blocks.length * BLOCK_WORDS;
  }

  /** How many blocks have touched positions. */
  int touchedBlocks() {
    int count = 0;
    for (long group : touchedBlocks) {
      count += Long.bitCount(group);
    }
    return count;
  }

  /**
   * Fills an empty batch with what was touched, in ascending order, and forgets that it was.
   *
   * @param most of how many blocks
   */
  void takeTouched(int shard, int most, CoordinateBatch into) {
    int size = 0;
    int taken = 0;
    for (int group = 0; group < touchedBlocks.length && taken < most; group++) {
      long left = touchedBlocks[group];
      for (; left != 0 && taken < most; left &= left - 1) {
        int index = (group << 6) + Long.numberOfTrailingZeros(left);
        size = takeTouched(index * BLOCK_WORDS, size);
        taken++;
      }
      touchedBlocks[group] = left;
    }
    into.reserve(size);
    for (int i = 0; i < size; i++) {
      into.add(shape.coordinateOf(shard, positions[i]));
    }
    copy(positions, size, into.values());
  }

  /** Appends what was touched in a block to the positions, of which there are {@code size}. */
  private int takeTouched(int firstWord, int size) {
    int end = size;
    if (positions.length < end + BlockState.COORDINATES) {
      positions = Arrays.copyOf(positions, 2 * end + BlockState.COORDINATES);
    }
    for (int word = firstWord; word < firstWord + BLOCK_WORDS; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        positions[end++] = (word << 6) + Long.numberOfTrailingZeros(bits);
      }
      touched[word] = 0;
    }
    return end;
  }

  /** The floats of a block, live; zeros when it was never touched. */
  float[] values(int index) {
    float[] block = blocks[index];
    return block.length == 0 ? new float[BlockState.COORDINATES * width] : block;
  }

  /** Takes over a block; all of it that is not zero will be published. */
  void restore(int index, float[] values) {
    make(index, Arrays.copyOf(values, values.length));
    touchedBlocks[index >>> 6] |= 1L << index;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        int position = (index << ExchangeShape.BLOCK_BITS) + i / width;
        touched[position >>> 6] |= 1L << position;
      }
    }
  }
}
