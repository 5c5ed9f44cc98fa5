package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FtrlFormulaTest {
  private static final int BITS = 10;

  private final Prediction prediction = new Prediction();

  @Test
  void twoStepsByHand() {
    LogisticRegression model = new LogisticRegression(BITS, new Hyper(1, 1, 1, 0, 0));
    Example example = example(1, 7, 2);

    // p = 1/2, so g = -1 (input 2) and -1/2 (intercept); n = 1 and 1/4;
    // u = 1/(1+1) = 1/2 and (1/2)/(1+1/2) = 1/3; margin = 2/2 + 1/3 = 4/3.
    model.learn(example);
    assertThat(probability(model, example)).isCloseTo(1 / (1 + Math.exp(-4 / 3.0)), within(1e-7));

    // Second step with y = 0: p = 0.7914, g = 1.5828 and 0.7914; n = 3.5052 and 0.8763;
    // u = 1/2 - 1.5828/(1+1.8722) = -0.05106 and 1/3 - 0.7914/(1+0.9361) = -0.07542.
    model.learn(example(0, 7, 2));
    assertThat(probability(model, example))
        .isCloseTo(1 / (1 + Math.exp(2 * 0.05106 + 0.07542)), within(1e-4));
    assertThat(model.examples()).isEqualTo(2);
  }

  @Test
  void weightSpaceEqualsTheAlgorithmAsPublishedWithBothRegularisers() {
    Hyper hyper = new Hyper(0.3, 0.3, 0.5, 0.2, 0.1);
    LogisticRegression model = new LogisticRegression(BITS, hyper);
    PublishedFtrl published = new PublishedFtrl(0.3, 0.5, 0.2, 0.1, 1 << BITS + 1);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 3_000; i++) {
      int first = random.nextInt(40);
      int second = 40 + random.nextInt(40);
      Example example = example(random.nextInt(4) < first % 4 ? 1 : 0, first, 1, second, 0.5f);
      double expected =
          published.learn(
              new int[] {first, second, FeatureVector.bias(BITS)},
              new double[] {1, 0.5, 1},
              example.target());
      assertThat(probability(model, example)).isCloseTo(expected, within(1e-5));
      model.learn(example);
    }
  }

  /** Algorithm 1 as printed, in doubles, with z. */
  private static final class PublishedFtrl {
    private final double alpha;
    private final double beta;
    private final double l1;
    private final double l2;
    private final double[] z;
    private final double[] n;

    PublishedFtrl(double alpha, double beta, double l1, double l2, int size) {
      this.alpha = alpha;
      this.beta = beta;
      this.l1 = l1;
      this.l2 = l2;
      z = new double[size];
      n = new double[size];
    }

    double learn(int[] coordinates, double[] x, double y) {
      double margin = 0;
      for (int i = 0; i < x.length; i++) {
        margin += weight(coordinates[i]) * x[i];
      }
      double p = 1 / (1 + Math.exp(-margin));
      for (int i = 0; i < x.length; i++) {
        int c = coordinates[i];
        double w = weight(c);
        double g = (p - y) * x[i];
        double sigma = (Math.sqrt(n[c] + g * g) - Math.sqrt(n[c])) / alpha;
        z[c] += g - sigma * w;
        n[c] += g * g;
      }
      return p;
    }

    private double weight(int c) {
      return Math.abs(z[c]) <= l1
          ? 0
          : -(z[c] - Math.signum(z[c]) * l1) / ((beta + Math.sqrt(n[c])) / alpha + l2);
    }
  }

  private double probability(LogisticRegression model, Example example) {
    model.predict(example, prediction);
    return prediction.probability();
  }

  private static Example example(double target, int coordinate, float value) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, value);
    example.label(target == 1 ? "1" : "0", target);
    return example;
  }

  private static Example example(double target, int first, float one, int second, float two) {
    Example example = example(target, first, one);
    example.features().addSparse(second, two);
    return example;
  }
}
