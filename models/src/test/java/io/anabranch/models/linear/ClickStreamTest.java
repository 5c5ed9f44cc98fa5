package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import org.junit.jupiter.api.Test;

/** Agreement with FTRL-Proximal as others write it: z and n in one array, in a plain loop. */
class ClickStreamTest {
  private static final int ROWS = 200_000;
  private static final float ALPHA = 0.1f;
  private static final float BETA = 1;

  @Test
  void logLossAgreesWithAPlainLoop() {
    LogisticRegression model =
        new LogisticRegression(ClickStream.BITS, new Hyper(ALPHA, ALPHA, BETA, 0, 0));
    PlainLoop loop = new PlainLoop();
    Prequential figures = new Prequential();
    ClickStream stream = new ClickStream();
    int[] row = new int[ClickStream.FIELDS];
    for (int i = 0; i < ROWS; i++) {
      int label = stream.next(row);
      loop.step(row, label);
      Example example = new Example();
      example.clear();
      for (int coordinate : row) {
        example.features().addSparse(coordinate, 1);
      }
      example.label(Integer.toString(label), label);
      figures.step(model, example);
    }
    // Over all 2,000,000 rows both have 0.4964, as has Vowpal Wabbit's --ftrl.
    assertThat(figures.logLoss()).isCloseTo(loop.loss / ROWS, within(1e-5));
    assertThat(figures.logLoss()).isBetween(0.51, 0.53);
  }

  private static final class PlainLoop {
    private final float[] zn = new float[2 << ClickStream.BITS];
    private final float[] weights = new float[ClickStream.FIELDS + 1];
    private final float[] bias = new float[2];
    private double loss;

    void step(int[] row, int label) {
      double margin = 0;
      for (int j = 0; j < row.length; j++) {
        weights[j] = weight(zn, 2 * row[j]);
        margin += weights[j];
      }
      weights[row.length] = weight(bias, 0);
      margin += weights[row.length];
      double p = 1 / (1 + Math.exp(-margin));
      loss -= Math.log(label == 1 ? p : 1 - p);
      float gradient = (float) (p - label);
      for (int j = 0; j < row.length; j++) {
        update(zn, 2 * row[j], gradient, weights[j]);
      }
      update(bias, 0, gradient, weights[row.length]);
    }

    private static float weight(float[] zn, int at) {
      return -zn[at] * ALPHA / (BETA + (float) Math.sqrt(zn[at + 1]));
    }

    private static void update(float[] zn, int at, float gradient, float weight) {
      float after = zn[at + 1] + gradient * gradient;
      float sigma = ((float) Math.sqrt(after) - (float) Math.sqrt(zn[at + 1])) / ALPHA;
      zn[at] += gradient - sigma * weight;
      zn[at + 1] = after;
    }
  }
}
