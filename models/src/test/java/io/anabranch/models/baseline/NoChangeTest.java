package io.anabranch.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import org.junit.jupiter.api.Test;

class NoChangeTest {
  private final Example example = new Example();
  private final Prediction prediction = new Prediction();

  @Test
  void aBinaryDecisionIsTheLastLabelWithoutProbability() {
    NoChange model = new NoChange(TargetType.BINARY);
    model.predict(example, prediction);
    assertThat(prediction.positive()).isFalse();

    learn(model, "yes", 1);
    model.predict(example, prediction);
    assertThat(prediction.positive()).isTrue();
    assertThat(prediction.probability()).isNaN();
  }

  @Test
  void aClassIsTheLastClass() {
    NoChange model = new NoChange(TargetType.MULTICLASS);
    model.predict(example, prediction);
    assertThat(prediction.label()).isEmpty();

    learn(model, "b", Double.NaN);
    model.predict(example, prediction);
    assertThat(prediction.label()).isEqualTo("b");
    assertThat(prediction.classCount()).isZero();
  }

  @Test
  void aNumberIsTheLastNumber() {
    NoChange model = new NoChange(TargetType.NUMERIC);
    model.predict(example, prediction);
    assertThat(prediction.value()).isZero();

    learn(model, "2.5", 2.5);
    model.predict(example, prediction);
    assertThat(prediction.value()).isEqualTo(2.5);
  }

  @Test
  void withoutTargetThereIsNothingToRepeat() {
    assertThatThrownBy(() -> new NoChange(TargetType.NONE))
        .hasMessage("target must not be NONE, got NONE");
  }

  private void learn(NoChange model, String label, double target) {
    example.clear();
    example.label(label, target);
    model.learn(example);
  }
}
