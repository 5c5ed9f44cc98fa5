package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.format.BlockState;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Blocks that hold little, blocks that hold much, and the way from one to the other. */
class BlockLayoutTest {
  private static final int WIDTH = 2;
  private static final int TABLE_OF_FOUR = 2 + 4 * (WIDTH + 1);

  private final BlockLayout layout = new BlockLayout(WIDTH);

  @Test
  void usageExample() {
    float[] block = layout.untouched();
    block = layout.with(block, 1_000);
    block[layout.at(block, 1_000)] = 0.5f;

    assertThat(block).hasSize(TABLE_OF_FOUR);
    assertThat(block[layout.at(block, 1_000)]).isEqualTo(0.5f);
    assertThat(block[layout.at(block, 0)]).as("never touched").isZero();
    assertThat(layout.whole(block)[WIDTH * 1_000]).isEqualTo(0.5f);
  }

  @Property(tries = 200, seed = "1")
  void holdsWhatAWholeBlockHolds(
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll @IntRange(min = 1, max = 400) int changes,
      @ForAll long seed) {
    BlockLayout tried = new BlockLayout(width);
    float[] block = tried.untouched();
    float[] expected = new float[BlockState.COORDINATES * width];
    SplittableRandom random = new SplittableRandom(seed);
    int range = 1 + random.nextInt(BlockState.COORDINATES);
    for (int i = 0; i < changes; i++) {
      int offset = random.nextInt(range);
      boolean forgotten = random.nextInt(4) == 0;
      if (!forgotten && !tried.isWhole(block)) {
        block = tried.with(block, offset);
      }
      int at = tried.at(block, offset);
      for (int j = 0; j < width; j++) {
        assertThat(block[at + j]).isEqualTo(expected[offset * width + j]);
        block[at + j] = forgotten ? 0 : random.nextInt(9) - 4;
        expected[offset * width + j] = block[at + j];
      }
      if (random.nextInt(50) == 0) {
        block = tried.compact(block);
      }
    }
    assertThat(tried.whole(block)).containsExactly(expected);
    assertThat(tried.whole(tried.of(expected))).containsExactly(expected);
    assertThat(tried.squaredNorm(block)).isEqualTo(squaredNorm(expected, width));
  }

  private static double squaredNorm(float[] whole, int width) {
    return IntStream.range(0, BlockState.COORDINATES)
        .mapToDouble(offset -> (double) whole[offset * width] * whole[offset * width])
        .sum();
  }

  @Test
  void isWholeOnceATableWouldNotBeMuchSmaller() {
    float[] block = layout.untouched();
    for (int offset = 0; offset < BlockLayout.MOST_LINES; offset++) {
      block = layout.with(block, 5 * offset);
    }
    assertThat(block).hasSize(2 + 256 * (WIDTH + 1));
    block = layout.with(block, 1);
    assertThat(block).hasSize(BlockState.COORDINATES * WIDTH);
    assertThat(layout.isWhole(block)).isTrue();
  }

  @Test
  void aLineWhoseFloatsAreStillZerosStaysWhenTheTableGrows() {
    float[] block = layout.untouched();
    for (int offset = 0; offset < 40; offset++) {
      block = layout.with(block, offset);
    }
    Arrays.fill(block, layout.at(block, 3), layout.at(block, 3) + WIDTH, 1);
    assertThat(layout.with(block, 3)).isSameAs(block);
    assertThat(layout.whole(block)).startsWith(0, 0, 0, 0, 0, 0, 1, 1, 0);
  }

  @Test
  void whatWasForgottenTakesNoRoomAfterItWasCompacted() {
    float[] block = holding(1_024);
    assertThat(layout.compact(block)).as("nothing forgotten").isSameAs(block);
    block = forgotten(block, 97, 1_024);
    assertThat(layout.compact(block)).as("might be whole again soon").isSameAs(block);
    block = forgotten(block, 96, 97);
    block = layout.compact(block);
    assertThat(block).hasSize(2 + 128 * (WIDTH + 1));
    assertThat(layout.compact(block)).isSameAs(block);
    block = layout.compact(forgotten(block, 1, 96));
    assertThat(block).hasSize(TABLE_OF_FOUR);
    assertThat(layout.whole(block)).startsWith(1, 1, 0);
    assertThat(layout.compact(forgotten(block, 0, 1))).isSameAs(layout.untouched());
  }

  @Test
  void ofNothingIsUntouched() {
    assertThat(layout.of(new float[BlockState.COORDINATES * WIDTH])).isSameAs(layout.untouched());
  }

  @Test
  void aShapeWithoutWeightsHasWholeBlocksOfNoLength() {
    BlockLayout without = new BlockLayout(0);
    assertThat(without.untouched()).isEmpty();
    assertThat(without.isWhole(without.untouched())).isTrue();
    assertThat(without.at(without.untouched(), 7)).isZero();
    assertThat(without.of(new float[0])).isSameAs(without.untouched());
    assertThat(without.squaredNorm(without.untouched())).isZero();
  }

  private float[] holding(int positions) {
    float[] whole = new float[BlockState.COORDINATES * WIDTH];
    Arrays.fill(whole, 0, positions * WIDTH, 1);
    return layout.of(whole);
  }

  private float[] forgotten(float[] block, int from, int to) {
    for (int offset = from; offset < to; offset++) {
      Arrays.fill(block, layout.at(block, offset), layout.at(block, offset) + WIDTH, 0);
    }
    return block;
  }
}
