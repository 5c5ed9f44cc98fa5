package io.anabranch.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Prediction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VotesTest {
  private static final List<String> CLASSES = List.of("a", "b", "c", "d");

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
  void ofEqualClassesTheFirstByNameWins() {
    add("b", "b", 0.5, "c", 0.25, "a", 0.25);
    add("a", "a", 0.5, "c", 0.25, "b", 0.25);
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

  @Property(seed = "2")
  void votesOnClassesComeTogetherToTheSamePredictionInAnyOrder(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> labels,
      @ForAll Random random) {
    votes.clear();
    List<Votes> parts = new ArrayList<>();
    for (int label : labels) {
      Votes part = new Votes();
      prediction.multiclass(CLASSES.get(label));
      for (int i = 0; i < 4; i++) { // each member knows the classes in an order of its own
        int known = (label + i) % 4;
        prediction.addClass(CLASSES.get(known), known == label ? 0.5 : 0.125 * (known % 2 + 1));
      }
      votes.add(prediction);
      part.add(prediction);
      parts.add(part);
    }
    java.util.Collections.shuffle(parts, random);
    Votes together = new Votes();
    parts.forEach(together::add);

    votes.predict(prediction);
    Prediction other = new Prediction();
    together.predict(other);
    assertThat(other.label()).isEqualTo(prediction.label());
    assertThat(probabilities(other)).isEqualTo(probabilities(prediction));
  }

  private static Map<String, Double> probabilities(Prediction of) {
    Map<String, Double> all = new HashMap<>();
    for (int i = 0; i < of.classCount(); i++) {
      all.put(of.className(i), of.classProbability(i));
    }
    return all;
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
