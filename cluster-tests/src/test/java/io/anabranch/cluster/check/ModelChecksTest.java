package io.anabranch.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.cluster.check.KeyedModels.KeyedModel;
import io.anabranch.cluster.feed.FeedPlan.Place;
import io.anabranch.models.data.FeatureVector;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checks of models hold on right data, and fail on each kind of wrong data. */
class ModelChecksTest {
  private static final Map<String, KeyedModel> MODELS =
      Map.of("a", model(7, 1, 2), "b", model(8, 3), "c", model(9, 4));

  private static KeyedModel model(long version, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new KeyedModel(version, content);
  }

  @Test
  void equalModelsHold() {
    assertThat(KeyedModels.compare("lr", MODELS, Map.copyOf(MODELS)))
        .isEqualTo(
            new Finding("models equal an uninterrupted run bit for bit: lr", true, "3 models"));
  }

  @Test
  void aMissingADifferentAnOlderAndAnUnknownModelFail() {
    Map<String, KeyedModel> actual =
        Map.of("a", model(7, 1, 9), "c", model(8, 4), "d", model(1, 1));
    assertThat(KeyedModels.compare("lr", MODELS, actual).detail())
        .isEqualTo(
            "4 of 4 are wrong: [a=different, b=missing, c=version 8 instead of 9, d=never fed]");
  }

  @Test
  void sumsMustBeEqualBitForBit() {
    Statistics expected = statistics(3, 0.1 + 0.2);
    assertThat(Statistics.compare("ids", expected, statistics(3, 0.1 + 0.2), Statistics.EXACT))
        .isEqualTo(
            new Finding("exact statistics equal an uninterrupted run: ids", true, "1 coordinates"));
    assertThat(Statistics.compare("ids", expected, statistics(3, 0.3), Statistics.EXACT).detail())
        .isEqualTo("1 of 1 are wrong, the first: 3=must be [0.30000000000000004], got [0.3]");
  }

  @Test
  void aMissingAndAnUnknownCoordinateFail() {
    assertThat(
            Statistics.compare("ids", statistics(3, 1), statistics(4, 1), Statistics.EXACT)
                .detail())
        .isEqualTo("2 of 1 are wrong, the first: 3=must be [1.0], got null");
  }

  @Test
  void momentsMayDifferByRoundingAndNoMore() {
    double[] expected = {100, 5, 400};
    assertThat(Statistics.MOMENTS.of(expected, new double[] {100, 5 + 1e-10, 400 + 1e-10}))
        .isTrue();
    assertThat(Statistics.MOMENTS.of(expected, new double[] {101, 5, 400})).isFalse();
    assertThat(Statistics.MOMENTS.of(expected, new double[] {100, 5.00001, 400})).isFalse();
    assertThat(Statistics.MOMENTS.of(expected, new double[] {100, 5, 400.00001})).isFalse();
  }

  @Test
  void oneLostAndOneDoubledChangeMomentsByMoreThanRounding() {
    // A million values of deviation 1; one of 0.5 is lost, one of 0.6 counted twice.
    double[] expected = {1e6, 0, 1e6};
    double[] actual = {1e6, 0.1 / 1e6, 1e6 + 0.36 - 0.25};
    assertThat(Statistics.MOMENTS.of(expected, actual)).isFalse();
  }

  @Test
  void aPredictionByAnotherVersionOrModelFails() {
    PredictedSequence expected = sequence(5, 0.25);
    assertThat(PredictedSequence.compare("lr", expected, sequence(5, 0.25)).holds()).isTrue();
    assertThat(PredictedSequence.compare("lr", expected, sequence(6, 0.25)))
        .isEqualTo(
            new Finding(
                "predictions equal an uninterrupted run bit for bit: lr",
                false,
                "1 differ, the first at p1-2000"));
    assertThat(PredictedSequence.compare("lr", expected, sequence(5, Math.nextUp(0.25))).holds())
        .isFalse();
    assertThat(PredictedSequence.compare("lr", expected, new PredictedSequence()).holds())
        .isFalse();
    assertThat(PredictedSequence.compare("lr", new PredictedSequence(), expected).holds())
        .isFalse();
  }

  private static Statistics statistics(int coordinate, double figure) {
    return new Statistics(Map.of(coordinate, new double[] {figure}));
  }

  private static PredictedSequence sequence(long version, double probability) {
    PredictedSequence sequence = new PredictedSequence();
    sequence.enter(new Place(1, 2_000), version, probability);
    return sequence;
  }

  @Test
  void oneSubtaskGivesEachVersionOnceAndSeveralDoNot() {
    SplitVersions versions = new SplitVersions();
    versions.enter(1);
    versions.enter(2);
    assertThat(versions.finding("all").holds()).isFalse();
    versions.enter(2);
    assertThat(versions.finding("all"))
        .isEqualTo(
            new Finding(
                "several subtasks predicted for one key: all",
                true,
                "2 versions in 3 predictions"));
  }

  @Test
  void whatOccurredOftenEnoughAndForLongMustHaveJoinedAndWhatDidNotMustNot() {
    AdmittedCoordinates expected = new AdmittedCoordinates(3);
    for (int i = 0; i < 10; i++) {
      expected.enter(new Place(0, 2_500L * i), features(1));
      expected.enter(new Place(0, i), features(2, 2)); // often, and then never again
    }
    expected.enter(new Place(0, 7), features(3));
    assertThat(expected.compare("lr", Set.of(1)))
        .isEqualTo(
            new Finding(
                "coordinates joined when they should: lr",
                true,
                "1 of 3, 0 of them too early; 0 are missing"));
    assertThat(expected.compare("lr", Set.of(1, 2)).holds()).isTrue();
    assertThat(expected.compare("lr", Set.of(2, 3)).detail())
        .isEqualTo("2 of 3, 1 of them too early; 1 are missing");
    assertThat(expected.compare("lr", Set.of(1, 4)).holds()).as("never fed").isFalse();
    assertThat(expected.compare("lr", Set.of()).holds()).isFalse();
  }

  private static FeatureVector features(int... coordinates) {
    FeatureVector features = new FeatureVector();
    for (int coordinate : coordinates) {
      features.addSparse(coordinate, 1);
    }
    return features;
  }
}
