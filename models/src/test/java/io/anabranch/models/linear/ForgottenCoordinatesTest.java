package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.models.linear.LogisticRegression.Hyper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replicas of models that coordinates come to and leave for ever. */
class ForgottenCoordinatesTest {
  private static final int BITS = 22;
  private static final Hyper PLAIN = new Hyper(1, 1, 1, 0, 0);

  @Test
  void aTableThatIsAskedToLeavesZerosOutBeforeItGrows() {
    CoordinateTable table = new CoordinateTable(BITS);
    for (int coordinate = 0; coordinate < 12; coordinate++) {
      table.reserveWithoutZeros(1, 0, 1);
      int line = table.touch(coordinate);
      table.lines()[line + CoordinateTable.N] = coordinate < 2 ? 1 : 0;
      table.lines()[line + CoordinateTable.EXTRA] = coordinate == 5 ? 1 : 0;
    }
    int before = table.lines().length;
    table.reserveWithoutZeros(1, 0, 1);
    assertThat(table.lines()).hasSize(before);
    assertThat(table.coordinates()).as("with a weight, or pending").containsExactly(0, 1, 5);
    table.reserve(13, 0);
    assertThat(table.lines().length).isGreaterThan(before);
  }

  @Test
  void aTableInWhichLittleIsZeroGrows() {
    CoordinateTable table = new CoordinateTable(BITS);
    for (int coordinate = 0; coordinate < 12; coordinate++) {
      table.reserveWithoutZeros(1, 0, 1);
      table.lines()[table.touch(coordinate) + CoordinateTable.N] = coordinate == 3 ? 0 : 1;
    }
    int before = table.lines().length;
    table.reserveWithoutZeros(1, 0, 1);
    assertThat(table.lines()).hasSize(2 * before);
    assertThat(table.size()).isEqualTo(11);
  }

  @Test
  void aReplicaOfAStreamOfEverNewValuesStaysAsLargeAsWhatIsInTheModel() {
    SharedLogisticRegression replica = new SharedLogisticRegression(BITS, PLAIN);
    churn(replica);
    assertThat(replica.state().weights.size()).isLessThan(4_000);
    assertThat(replica.state().weights.lines()).hasSizeLessThanOrEqualTo(4 * 8_192);
  }

  @Test
  void soDoesOneOfSeveralClasses() {
    SharedSoftmaxRegression replica = ofTwoClasses();
    churn(replica);
    ClassWeights weights = replica.model().state().weights;
    assertThat(weights.size()).isLessThan(4_000);
    assertThat(weights.pairs()).hasSizeLessThanOrEqualTo(4 * 8_192);
  }

  @Test
  void whatAReplicaNeverHeldTakesNoRoomInItWhenItIsGone() {
    SharedLogisticRegression replica = new SharedLogisticRegression(BITS, PLAIN);
    replica.learn(example(7));
    int[] before = replica.state().weights.lines();
    replica.forget(zeros(0, 100));
    replica.reapply(zeros(3, 100), zeros(0, 100));
    assertThat(replica.state().weights.lines()).isSameAs(before);
    assertThat(replica.state().weights.coordinates()).containsExactly(7, 1 << BITS);
  }

  @Test
  void whatIsInTheModelWithAWeightOfZeroIsNotForgotten() {
    SharedLogisticRegression replica = new SharedLogisticRegression(BITS, PLAIN);
    replica.overwrite(zeros(2, 3));
    assertThat(replica.state().weights.coordinates()).containsExactly(1_000, 1_001, 1_002);
  }

  @Test
  void norIsItInOneOfSeveralClasses() {
    SharedSoftmaxRegression replica = ofTwoClasses();
    replica.overwrite(zeros(replica.shape().truthWidth(), 3));
    assertThat(replica.model().state().weights.find(1_002)).isNotNegative();
  }

  @Test
  void ofWhatIsGoneOwnChangesStayPendingAndOnTheirWay() {
    SharedLogisticRegression replica = new SharedLogisticRegression(BITS, PLAIN);
    replica.overwrite(truth(2, 1_000));
    CoordinateBatch onItsWay = zeros(3, 1);
    onItsWay.values()[0] = 0.25f;
    onItsWay.values()[1] = 4;
    replica.learn(example(1_000));
    CoordinateTable table = replica.state().weights;
    float pending = u(table, 1_000) - u(truth(2, 1_000));

    replica.forget(zeros(0, 1));
    assertThat(u(table, 1_000)).isEqualTo(pending).isNotZero();
    replica.reapply(onItsWay, zeros(0, 1));
    assertThat(u(table, 1_000)).isEqualTo(0.25f + pending);
  }

  private static float u(CoordinateTable table, int coordinate) {
    return Float.intBitsToFloat(table.lines()[table.find(coordinate) + CoordinateTable.U]);
  }

  private static float u(CoordinateBatch truth) {
    return truth.values()[0];
  }

  @Test
  void norDoesItInOneOfSeveralClasses() {
    SharedSoftmaxRegression replica = ofTwoClasses();
    replica.learn(example(7));
    int before = replica.model().state().weights.size();
    replica.forget(zeros(0, 100));
    replica.reapply(zeros(replica.shape().deltaWidth(), 100), zeros(0, 100));
    assertThat(replica.model().state().weights.size()).isEqualTo(before);
  }

  private static SharedSoftmaxRegression ofTwoClasses() {
    return new SharedSoftmaxRegression(
        new LearnerSettings(
            new Target(TargetType.MULTICLASS, "", List.of("a", "b")), BITS, Map.of(), 1));
  }

  private static CoordinateBatch zeros(int width, int count) {
    CoordinateBatch zeros = new CoordinateBatch(width, 3);
    for (int i = 0; i < count; i++) {
      zeros.add(1_000 + i);
    }
    return zeros;
  }

  private static CoordinateBatch truth(int width, int coordinate) {
    CoordinateBatch truth = new CoordinateBatch(width, 3);
    int at = truth.add(coordinate);
    truth.values()[at] = -0.5f;
    truth.values()[at + 1] = 100;
    return truth;
  }

  /** A hundred thousand values come, are learned, and are gone; one stays. */
  private static void churn(SharedLearner replica) {
    int width = replica.shape().truthWidth();
    Example regular = example(7);
    Prediction before = new Prediction();
    Prediction after = new Prediction();
    replica.overwrite(truth(width, 7));
    replica.predict(regular, before);
    for (int value = 1_000; value < 101_000; value += 100) {
      CoordinateBatch gone = new CoordinateBatch(0, 0, 100, 0);
      for (int i = 0; i < 100; i++) {
        replica.learn(example(value + i));
        gone.add(value + i);
      }
      CoordinateBatch[] shipped = new CoordinateBatch[replica.shape().shards()];
      for (int shard = 0; shard < shipped.length; shard++) {
        shipped[shard] = new CoordinateBatch(replica.shape().deltaWidth(), 3);
      }
      replica.drain(shipped);
      CoordinateBatch bias = new CoordinateBatch(width, 3, 1, 0);
      bias.add(1 << BITS);
      replica.overwrite(bias);
      replica.forget(gone);
    }
    replica.predict(regular, after);
    assertThat(probability(after)).isEqualTo(probability(before)).isNotEqualTo(0.5);
  }

  private static double probability(Prediction prediction) {
    return prediction.type() == TargetType.BINARY
        ? prediction.probability()
        : prediction.classProbability(0);
  }

  private static Example example(int coordinate) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(coordinate, 1);
    example.label("a", 1);
    return example;
  }
}
