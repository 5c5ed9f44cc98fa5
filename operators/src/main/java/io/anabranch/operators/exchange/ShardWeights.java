package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;

/**
 * The weights plane of one shard's truth, and which positions were touched since they were last
 * published. Blocks of {@link BlockState#COORDINATES} positions come into being when they are first
 * touched, and are as large as what they hold while that is little ({@link BlockLayout}); all flags
 * of the shard lie together, so that merging a delta misses the cache for little more than the
 * truth itself.
 */
final class ShardWeights {
  private static final int IN_BLOCK = BlockState.COORDINATES - 1;

  private static final int BLOCK_WORDS = BlockState.COORDINATES / Long.SIZE;

  private final ExchangeShape shape;
  private final int width;
  private final BlockLayout layout;
  private final float[][] blocks;

  // By block: touched since the last publication; and which positions. The latter reaches as far as
  // there are blocks: most of the space of numbers is empty.
  private final long[] touchedBlocks;
  private long[] touched = new long[0];

  // The truth of the delta that is being merged, gathered: its cache misses overlap in a loop that
  // does nothing else.
  private float[] gathered = new float[0];
  private int[] positions = new int[0];
  private int[] places = new int[0]; // where in their blocks

  private final MergedShare share = new MergedShare();

  ShardWeights(ExchangeShape shape) {
    this.shape = shape;
    width = shape.truthWidth();
    layout = new BlockLayout(width);
    int positions = 1 << (shape.coordinateBits() - shape.shardBits());
    blocks = new float[Math.max(1, positions / BlockState.COORDINATES)][];
    Arrays.fill(blocks, layout.untouched());
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
      bytes += block == layout.untouched() ? 0 : (long) block.length * Float.BYTES;
    }
    return bytes;
  }

  /** The sum of squares of the first float of each coordinate of a block. */
  double squaredNorm(int index) {
    return layout.squaredNorm(blocks[index]);
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
    }
    if (!locate(size)) {
      makeLines(size);
    }
    copy(size, gathered);
  }

  /** Finds the places of positions, unless some of them lie in blocks that are not whole. */
  private boolean locate(int size) {
    if (places.length < size) {
      places = new int[Math.max(size, 2 * places.length)];
    }
    boolean whole = true;
    for (int i = 0; i < size; i++) {
      whole &= layout.isWhole(blocks[positions[i] >>> ExchangeShape.BLOCK_BITS]);
    }
    for (int i = 0; whole && i < size; i++) {
      places[i] = (positions[i] & IN_BLOCK) * width;
    }
    return whole;
  }

  /** Makes places for positions that have none yet, and finds those of all. */
  private void makeLines(int size) {
    int last = 0;
    boolean moved = false;
    for (int i = 0; i < size; i++) {
      int offset = positions[i] & IN_BLOCK;
      int index = positions[i] >>> ExchangeShape.BLOCK_BITS;
      last = Math.max(last, index);
      float[] block = blocks[index];
      places[i] = layout.at(block, offset);
      if (!layout.has(block, places[i])) {
        blocks[index] = layout.with(block, offset);
        moved |= blocks[index] != block;
      }
    }
    reach(last);
    if (moved) {
      lookUp(size);
    }
  }

  /** Finds the places of positions: those of zeros where they were never touched. */
  private void lookUp(int size) {
    for (int i = 0; i < size; i++) {
      float[] block = blocks[positions[i] >>> ExchangeShape.BLOCK_BITS];
      places[i] = layout.at(block, positions[i] & IN_BLOCK);
    }
  }

  private void copy(int size, float[] into) {
    if (width == 2) {
      for (int i = 0; i < size; i++) {
        float[] block = blocks[positions[i] >>> ExchangeShape.BLOCK_BITS];
        into[2 * i] = block[places[i]];
        into[2 * i + 1] = block[places[i] + 1];
      }
    } else {
      for (int i = 0; i < size; i++) {
        float[] block = blocks[positions[i] >>> ExchangeShape.BLOCK_BITS];
        System.arraycopy(block, places[i], into, i * width, width);
      }
    }
  }

  private void scatter(int size, long[] changed) {
    float[] from = gathered;
    for (int i = 0; i < size; i++) {
      int position = positions[i];
      int index = position >>> ExchangeShape.BLOCK_BITS;
      float[] block = blocks[index];
      int to = places[i];
      for (int at = i * width, end = at + width; at < end; ) {
        block[to++] = from[at++];
      }
      touched[position >>> 6] |= 1L << position;
      touchedBlocks[index >>> 6] |= 1L << index;
      changed[index >>> 6] |= 1L << index;
    }
  }

  /** Has a position published, with zeros when it was never touched. */
  void mark(int position) {
    int index = position >>> ExchangeShape.BLOCK_BITS;
    reach(index);
    touched[position >>> 6] |= 1L << position;
    touchedBlocks[index >>> 6] |= 1L << index;
  }

  /** Makes a position what it was before it was first touched. */
  void forget(int position) {
    float[] block = blocks[position >>> ExchangeShape.BLOCK_BITS];
    int at = layout.at(block, position & IN_BLOCK);
    Arrays.fill(block, at, at + width, 0);
    if (position >>> 6 < touched.length) {
      touched[position >>> 6] &= ~(1L << position);
    }
  }

  /** Makes a block as small as what is left in it. */
  void compact(int index) {
    blocks[index] = layout.compact(blocks[index]);
  }

  /** Makes room for the flags of a block and of those before it. */
  private void reach(int index) {
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
    if (!locate(size)) {
      lookUp(size);
    }
    copy(size, into.values());
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

  /** The floats of all positions of a block; live, or a copy. */
  float[] values(int index) {
    return layout.whole(blocks[index]);
  }

  /** Takes over a block; all of it that is not zero will be published. */
  void restore(int index, float[] values) {
    blocks[index] = layout.of(values);
    reach(index);
    touchedBlocks[index >>> 6] |= 1L << index;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        int position = (index << ExchangeShape.BLOCK_BITS) + i / width;
        touched[position >>> 6] |= 1L << position;
      }
    }
  }
}
