package io.anabranch.models.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockStateTest {
  private static final String TYPE = SampleBlock.TYPE;

  @Test
  void usageExample() {
    float[] values = new float[2 * BlockState.COORDINATES];
    values[2 * 7] = 0.5f; // the coordinate at offset 7 of the block
    BlockState block =
        new BlockState(3, 17, 42, 2, values, 3, new int[] {7}, new double[] {10, 0.1, 0.2});

    BlockState back = BlockState.decode(block.encode(TYPE), TYPE);

    assertThat(back.name()).isEqualTo("3-17");
    assertThat(back.version()).isEqualTo(42);
    assertThat(back.values()).isEqualTo(values);
    assertThat(back.statisticsOffsets()).containsExactly(7);
    assertThat(back.statistics()).containsExactly(10, 0.1, 0.2);
  }

  @Property(tries = 200, seed = "1")
  void aBlockComesBackBitForBit(
      @ForAll @IntRange(max = BlockState.COORDINATES) int touched,
      @ForAll @IntRange(max = 4) int width,
      @ForAll @IntRange(max = 3) int statisticsWidth,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[BlockState.COORDINATES * width];
    for (int i = 0; i < touched * width; i++) {
      values[random.nextInt(values.length)] = Float.intBitsToFloat(random.nextInt());
    }
    int[] offsets = random.ints(20, 0, BlockState.COORDINATES).sorted().distinct().toArray();
    double[] statistics = random.doubles((long) offsets.length * statisticsWidth).toArray();
    BlockState block = new BlockState(1, 2, 3, width, values, statisticsWidth, offsets, statistics);

    byte[] bytes = block.encode(TYPE);
    BlockState back = BlockState.decode(bytes, TYPE);

    SampleBlock.requireSame(back, block);
    assertThat(back.encode(TYPE)).isEqualTo(bytes);
  }

  @Test
  void everyNumberOfTouchedCoordinatesComesBack() {
    for (int touched = 0; touched <= BlockState.COORDINATES; touched++) {
      float[] values = new float[BlockState.COORDINATES];
      for (int i = 0; i < touched; i++) {
        values[BlockState.COORDINATES - 1 - i] = i + 1;
      }
      BlockState block = new BlockState(0, 0, 0, 1, values, 0, new int[0], new double[0]);
      assertThat(BlockState.decode(block.encode(TYPE), TYPE).values()).isEqualTo(values);
    }
  }

  @Test
  void untouchedCoordinatesTakeNextToNoRoom() {
    int empty = length(0);
    assertThat(length(1) - empty).isEqualTo(4 + 8); // two offsets fit into an int
    assertThat(length(2) - empty).isEqualTo(4 + 16);
    assertThat(length(BlockState.COORDINATES) - empty).isEqualTo(128 + 8 * 1024);
  }

  private static int length(int touched) {
    float[] values = new float[2 * BlockState.COORDINATES];
    for (int i = 0; i < touched; i++) {
      values[2 * i] = 1;
    }
    return new BlockState(0, 0, 0, 2, values, 0, new int[0], new double[0]).encode(TYPE).length;
  }

  @Test
  void aBlockIsNoModelAndAModelIsNoBlock() {
    byte[] block = SampleBlock.state().encode(TYPE);
    assertThatThrownBy(() -> ModelReader.open(block, TYPE, 1))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(
            "the learner type must be 'logistic-regression', got 'logistic-regression/block':"
                + " this is the model of another learner");
    byte[] model = new ModelWriter(TYPE, 1).finish();
    assertThatThrownBy(() -> BlockState.decode(model, TYPE))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(
            "the learner type must be 'logistic-regression/block', got 'logistic-regression':"
                + " this is the model of another learner");
  }

  @Test
  void lengthsAndOrderAreChecked() {
    assertThatThrownBy(() -> block(new float[3], new int[0], new double[0]))
        .hasMessage("values must have 1024 entries, got 3");
    assertThatThrownBy(() -> block(new float[1024], new int[1], new double[2]))
        .hasMessage("statistics must have 3 entries, got 2");
    assertThatThrownBy(() -> block(new float[1024], new int[] {4, 4}, new double[6]))
        .hasMessage("statisticsOffsets must ascend and be < 1024, got 4 after 4");
    assertThatThrownBy(() -> block(new float[1024], new int[] {1024}, new double[3]))
        .hasMessage("statisticsOffsets must ascend and be < 1024, got 1024 after -1");
    assertThatThrownBy(
            () -> new BlockState(-1, 0, 0, 0, new float[0], 0, new int[0], new double[0]))
        .hasMessage("shard must be between 0 and 2147483647, got -1");
  }

  private static BlockState block(float[] values, int[] offsets, double[] statistics) {
    return new BlockState(0, 0, 0, 1, values, 3, offsets, statistics);
  }
}
