package io.anabranch.bench;

import io.anabranch.models.data.Example;
import java.util.SplittableRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * A stream for trees: eight numbers, of which four decide by a tree of depth three, and a label
 * that is wrong once in ten times. Row {@code n} is a function of n alone.
 */
final class TreeRows extends RichMapFunction<Long, Example> {
  private static final long serialVersionUID = 1L;

  private static final int NUMBERS = 8;
  private static final double NOISE = 0.1;

  private final int hashBits;
  private transient Example example;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  TreeRows(int hashBits) {
    this.hashBits = hashBits;
  }

  @Override
  public void open(OpenContext context) {
    example = new Example();
  }

  @Override
  public Example map(Long row) {
    return fill(example, row);
  }

  /** Makes an example the one of a row. */
  Example fill(Example into, long row) {
    SplittableRandom random = new SplittableRandom(row);
    into.clear();
    into.identify(Long.toString(row), "", row);
    float[] numbers = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = (float) random.nextDouble();
      into.features().addNumeric((1 << hashBits) + 1 + i, numbers[i]);
    }
    boolean positive =
        numbers[0] > 0.5
            ? numbers[1] > 0.3 == numbers[2] > 0.6
            : numbers[2] > 0.4 || numbers[3] > 0.8;
    positive ^= random.nextDouble() < NOISE;
    into.label(positive ? "1" : "0", positive ? 1 : 0);
    return into;
  }
}
