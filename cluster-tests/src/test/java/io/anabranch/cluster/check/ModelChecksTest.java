package io.anabranch.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.cluster.check.KeyedModels.KeyedModel;
import io.anabranch.cluster.feed.FeedPlan.Place;
import java.util.Map;
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
}
