package io.anabranch.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VotesTest {
  private final Votes votes = new Votes();
  private final Prediction prediction = new Prediction();

  @Test
  void usageExample() {
    for (double probability : new double[] {0.25, 0.5, 1}) {
      prediction.binary(probability);
      votes.add(prediction);
    }
    votes.predict(prediction);

    assertThat(votes.members()).isEqualTo(3);
    assertThat(prediction.probability()).isEqualTo(1.75 / 3);
    assertThat(prediction.positive()).isTrue();
  }

  @Test
  void aVoteWithoutProbabilityIsForOneClass() {
    for (boolean positive : new boolean[] {true, false, false, false}) {
      prediction.decision(positive);
      votes.add(prediction);
    }
    votes.predict(prediction);
    assertThat(prediction.probability()).isEqualTo(0.25);

    votes.clear();
    for (String label : List.of("b", "a", "b", "")) {
      prediction.multiclass(label);
      votes.add(prediction);
    }
    votes.predict(prediction);
    assertThat(text()).isEqualTo("b: b=0.5 a=0.25");
  }

  @Test
  void membersNeedNotKnowTheSameClasses() {
    add("a", "a", 1);
    add("b", "b", 0.75, "a", 0.25);
    add("c", "a", 0.25, "c", 0.75);
    votes.predict(prediction);
    assertThat(text()).isEqualTo("a: a=0.5 b=0.25 c=0.25");
  }

  @Test
  void nobodyWhoHasSeenNothingNamesAClass() {
    add("", "a", 0.5, "b", 0.5);
    votes.predict(prediction);
    assertThat(text()).isEqualTo(": a=0.5 b=0.5");

    votes.clear();
    add("");
    votes.predict(prediction);
    assertThat(text()).isEqualTo(":");
  }

  @Test
  void theFirstOfEqualClassesWins() {
    add("a", "a", 0.5, "b", 0.5);
    add("a", "a", 0.5, "b", 0.5);
    votes.predict(prediction);
    assertThat(prediction.label()).isEqualTo("a");
  }

  @Test
  void numbersAreNoVotes() {
    prediction.numeric(1);
    assertThatThrownBy(() -> votes.add(prediction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a vote must be on classes, got NUMERIC");
  }

  @Property(seed = "1")
  void votesComeTogetherToTheSameBitsInAnyOrderAndParts(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(max = 1) Double> probabilities,
      @ForAll Random random) {
    votes.clear();
    List<Votes> parts = new ArrayList<>();
    parts.add(new Votes());
    for (double probability : probabilities) {
      prediction.binary(probability);
      votes.add(prediction);
      if (random.nextBoolean()) {
        parts.add(new Votes());
      }
      parts.get(parts.size() - 1).add(prediction);
    }
    java.util.Collections.shuffle(parts, random);
    Votes together = new Votes();
    parts.forEach(together::add);
    Votes copy = new Votes();
    copy.copyFrom(together);

    votes.predict(prediction);
    Prediction other = new Prediction();
    copy.predict(other);
    assertThat(copy.members()).isEqualTo(votes.members());
    assertThat(Double.doubleToRawLongBits(other.probability()))
        .isEqualTo(Double.doubleToRawLongBits(prediction.probability()));
    assertThat(prediction.probability()).isBetween(0.0, 1.0);
  }

  private void add(String label, Object... shares) {
    prediction.multiclass(label);
    for (int i = 0; i < shares.length; i += 2) {
      prediction.addClass((String) shares[i], ((Number) shares[i + 1]).doubleValue());
    }
    votes.add(prediction);
  }

  private String text() {
    StringBuilder text = new StringBuilder(prediction.label()).append(':');
    for (int i = 0; i < prediction.classCount(); i++) {
      text.append(' ')
          .append(prediction.className(i))
          .append('=')
          .append(prediction.classProbability(i));
    }
    return text.toString();
  }
}
