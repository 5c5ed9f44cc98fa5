package io.anabranch.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.evidence.Observations;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SplitSearchTest {
  private static final int NUMBER = 300;
  private static final int DAY = -7;
  private static final int WORDS = 9;

  private final Observations observed = new Observations(0, true);

  @Test
  void theGainByHand() {
    // One bit before; after, twice the entropy of 1/4, half the weight each: 0.811278.
    assertThat(InformationGain.of(new double[][] {{3, 1}, {1, 3}}))
        .isCloseTo(0.188722, within(1e-6));
    assertThat(InformationGain.of(new double[][] {{4, 0}, {0, 4}})).isEqualTo(1);
    assertThat(InformationGain.of(new double[][] {{2, 0}, {0, 2}, {1, 1}}))
        .isCloseTo(1 - 2 / 6.0, within(1e-12));
    assertThat(InformationGain.of(new double[][] {{100, 0}, {0, 1}}))
        .as("a branch below one hundredth is none")
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theFirstOfTenThresholdsThatSeparatesWins() {
    for (int i = 0; i < 5; i++) {
      observe(0, NUMBER, 0, 0);
      observe(1, NUMBER, 11, 0);
    }
    Candidate best = best();
    assertThat(best.merit).isEqualTo(1);
    assertThat(((SplitTest.AtMost) best.test).threshold).isEqualTo(1);
    assertThat(best.branches).isDeepEqualTo(new double[][] {{5, 0, 0}, {0, 5, 0}});
  }

  @Test
  void theWeightOnEitherSideIsWhatTheGaussiansExpect() {
    // Class 0: -1 and 1, so deviation √2 about 0; class 1: 0 and 11.
    observe(0, NUMBER, -1, 0);
    observe(0, NUMBER, 1, 0);
    observe(1, NUMBER, 0, 0);
    observe(1, NUMBER, 11, 0);
    // Thresholds lie 12/11 apart; from 1.18 on all of class 0 is left, so the second wins.
    Candidate best = best();
    double threshold = -1 + 2 * 12 / 11.0;
    assertThat(((SplitTest.AtMost) best.test).threshold).isCloseTo(threshold, within(1e-12));
    assertThat(best.branches[0][0]).isEqualTo(2);
    // Class 1: mean 5.5, deviation 7.7782; Φ(-0.55517) = 0.28939.
    assertThat(best.branches[0][1]).isCloseTo(2 * 0.28939, within(1e-4));
    assertThat(best.branches[1][1]).isCloseTo(2 - 2 * 0.28939, within(1e-4));
  }

  @Test
  void ofCategoriesEachStandsAgainstAllOthersAndAllAtOnce() {
    for (int i = 0; i < 4; i++) {
      observe(0, 11, 1, DAY);
      observe(1, 12, 1, DAY);
      observe(2, 10, 1, DAY);
    }
    SplitTest.OneOf all = (SplitTest.OneOf) best().test;
    assertThat(all.values).containsExactly(10, 11, 12);
    assertThat(best().branches).isDeepEqualTo(new double[][] {{0, 0, 4}, {4, 0, 0}, {0, 4, 0}});
    assertThat(best().merit).isCloseTo(Math.log(3) / Math.log(2), within(1e-12));

    Observations two = new Observations(0, true);
    observe(two, 0, 11, 1, DAY);
    observe(two, 1, 12, 1, DAY);
    assertThat(new SplitSearch(two, 2).best)
        .as("two branches are as good by one category, the lesser")
        .satisfies(best -> assertThat(best.test).isEqualTo(new SplitTest.Is(DAY, 11)));
  }

  @Test
  void manyCategoriesDoNotAllGetABranch() {
    for (int value = 0; value < 33; value++) {
      observe(value % 2, value, 1, DAY);
    }
    assertThat(best().test).isInstanceOf(SplitTest.Is.class);
  }

  @Test
  void aWordThatIsAbsentIsZero() {
    for (int i = 0; i < 10; i++) {
      observe(1, 5, -1, WORDS);
      observe(0, NUMBER, 7, 0);
    }
    SplitTest test = best().test;
    FeatureVector features = new FeatureVector();
    assertThat(test.branch(features)).isEqualTo(1);
    features.addSparse(5, -1, WORDS);
    assertThat(test.branch(features)).isZero();
  }

  @Test
  void aFeatureThatIsMostlyMissingGainsLittle() {
    for (int i = 0; i < 90; i++) {
      observed.observe(new FeatureVector(), i % 2, 1, true);
    }
    for (int i = 0; i < 10; i++) {
      observe(i % 2, NUMBER, i % 2, 0);
    }
    assertThat(best().merit).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void equalFeaturesAreDecidedByTheirKey() {
    for (int i = 0; i < 6; i++) {
      FeatureVector features = new FeatureVector();
      features.addNumeric(NUMBER + 1, i % 2);
      features.addNumeric(NUMBER, i % 2);
      observed.observe(features, i % 2, 1, true);
    }
    assertThat(best().key).isEqualTo(NUMBER);
    assertThat(new SplitSearch(observed, 2).secondMerit).isEqualTo(1);
  }

  private Candidate best() {
    return Objects.requireNonNull(new SplitSearch(observed, 3).best);
  }

  private void observe(int c, int coordinate, float value, int group) {
    observe(observed, c, coordinate, value, group);
  }

  private static void observe(
      Observations observed, int c, int coordinate, float value, int group) {
    FeatureVector features = new FeatureVector();
    features.addSparse(coordinate, value, group);
    observed.observe(features, c, 1, true);
  }
}
