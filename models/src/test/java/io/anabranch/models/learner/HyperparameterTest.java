package io.anabranch.models.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.learner.Hyperparameter.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class HyperparameterTest {
  private final Hyperparameter rate =
      new Hyperparameter("alpha", Kind.NUMBER, 0, true, 1_000_000, "1", "Step size.");
  private final Hyperparameter members =
      new Hyperparameter("members", Kind.INTEGER, 1, false, 30, "10", "How many.");

  @Test
  void aNumberOutOfRangeIsToldTheBoundThatItBreaks() {
    assertThat(rate.ruleBrokenBy(-1)).isEqualTo("must be > 0");
    assertThat(rate.ruleBrokenBy(0)).isEqualTo("must be > 0");
    assertThat(rate.ruleBrokenBy(1_000_001)).isEqualTo("must be <= 1000000");
    assertThat(members.ruleBrokenBy(0)).isEqualTo("must be >= 1");
    assertThat(members.ruleBrokenBy(31)).isEqualTo("must be <= 30");
  }

  @Test
  void whatIsNoFittingNumberIsToldTheWholeRule() {
    assertThat(members.ruleBrokenBy(1.5)).isEqualTo("must be a whole number between 1 and 30");
    assertThat(rate.ruleBrokenBy(Double.POSITIVE_INFINITY)).isEqualTo("must be > 0 and <= 1000000");
  }

  @Test
  void aChoiceTakesOnlyItsTexts() {
    Hyperparameter loss = Hyperparameter.choice("loss", List.of("squared", "huber"), "The cost.");
    assertThat(loss.rule()).isEqualTo("must be one of squared, huber");
    assertThat(loss.defaultText()).isEqualTo("squared");
    assertThat(loss.admits("huber")).isTrue();
    assertThat(loss.admits("cubic")).isFalse();
    Hyperparameter any = new Hyperparameter("field", Kind.TEXT, 0, false, 0, "", "A field.");
    assertThat(any.rule()).isEqualTo("must be a text");
    assertThat(any.admits("x")).isTrue();
    assertThat(any.admits("")).isFalse();
  }
}
