package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What replicas of shared linear models know of their inputs' scale. */
class SharedStatisticsTest {
  private static final int BITS = 8;
  private static final int NUMERIC = (1 << BITS) + 5;
  private static final Hyper PLAIN = new Hyper(1, 1, 1, 0, 0);

  private final SharedLogisticRegression replica = new SharedLogisticRegression(BITS, PLAIN);
  private final DiscountedMerge rule = new DiscountedMerge(BITS, PLAIN);

  @Test
  void statisticsAreTruthPlusShippedPlusPending() {
    Example ten = number(10);
    replica.learn(ten);
    CoordinateBatch[] shipped = drain();
    replica.learn(number(20));

    CoordinateBatch truth = new CoordinateBatch(2, 3);
    int at = truth.addStatistics(NUMERIC);
    truth.statistics()[at] = 2;
    truth.statistics()[at + 1] = 45;
    truth.statistics()[at + 2] = 50;
    replica.overwrite(truth);
    for (CoordinateBatch delta : shipped) {
      replica.reapply(delta, truth);
    }

    // 40, 50, 20 and 10: mean 30, squared deviations 100 + 400 + 100 + 400.
    int found = replica.state().scaling.mergeable().find(NUMERIC);
    assertThat(replica.state().scaling.mergeable().values()[found]).isEqualTo(4);
    assertThat(replica.state().scaling.mergeable().values()[found + 1]).isCloseTo(30, within(1e-9));
    assertThat(replica.state().scaling.mergeable().values()[found + 2])
        .isCloseTo(1_000, within(1e-9));
  }

  @Test
  void rangesOfTwoTrainersMergeInTheTruthAndComeBack() {
    int coordinate = 2 << BITS | 5;
    replica.learn(number(coordinate, 10));
    replica.learn(number(coordinate, 30));
    double[] shipped = statistics(drain(), coordinate);
    assertThat(shipped).containsExactly(2, 10, 30);

    double[] truth = {3, 20, 50};
    rule.mergeStatistics(coordinate, truth, 0, shipped, 0);
    assertThat(truth).containsExactly(5, 10, 50);

    replica.learn(number(coordinate, 60));
    CoordinateBatch back = new CoordinateBatch(2, 3);
    back.addStatistics(coordinate);
    System.arraycopy(truth, 0, back.statistics(), 0, 3);
    replica.overwrite(back);
    // Truth and what is pending: 10 to 60.
    assertThat(replica.state().scaling.scale(coordinate, 35)).isEqualTo(0.5f);
    assertThat(statistics(drain(), coordinate)).containsExactly(1, 60, 60);
  }

  @Test
  void aRobustInputIsRefused() {
    assertThatThrownBy(() -> replica.learn(number(3 << BITS | 5, 1)))
        .hasMessage(
            "scale: robust cannot be shared: the quartiles of several trainers do not add up");
  }

  private CoordinateBatch[] drain() {
    CoordinateBatch[] batches = new CoordinateBatch[replica.shape().shards()];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = new CoordinateBatch(3, 3);
    }
    replica.drain(batches);
    return batches;
  }

  private static double[] statistics(CoordinateBatch[] batches, int coordinate) {
    CoordinateBatch batch = batches[coordinate & batches.length - 1];
    assertThat(batch.statisticsSize()).isEqualTo(1);
    assertThat(batch.statisticsCoordinates()[0]).isEqualTo(coordinate);
    return Arrays.copyOf(batch.statistics(), 3);
  }

  private static Example number(float value) {
    return number(NUMERIC, value);
  }

  private static Example number(int coordinate, float value) {
    Example example = new Example();
    example.clear();
    example.features().addNumeric(coordinate, value);
    example.label("1", 1);
    return example;
  }
}
