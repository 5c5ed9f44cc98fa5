package io.anabranch.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import org.junit.jupiter.api.Test;

class MajorityClassTest {
  private final Example example = new Example();
  private final Prediction prediction = new Prediction();

  @Test
  void binaryProbabilitiesFollowTheRuleOfSuccession() {
    MajorityClass model = new MajorityClass(TargetType.BINARY);
    model.predict(example, prediction);
    assertThat(prediction.probability()).isEqualTo(0.5);

    learn(model, "yes", 1, 1);
    learn(model, "no", 0, 1);
    learn(model, "other", 0, 3);
    model.predict(example, prediction);
    assertThat(prediction.probability()).isEqualTo(2 / 7.0);
    assertThat(prediction.positive()).isFalse();
    assertThat(model.examples()).isEqualTo(3);
  }

  @Test
  void classesComeWithTheirFrequencies() {
    MajorityClass model = new MajorityClass(TargetType.MULTICLASS);
    model.predict(example, prediction);
    assertThat(prediction.label()).isEmpty();
    assertThat(prediction.classCount()).isZero();

    for (String label : new String[] {"c", "a", "b", "b", "c"}) {
      learn(model, label, Double.NaN, 1);
    }
    model.predict(example, prediction);
    assertThat(prediction.label()).isEqualTo("b");
    assertThat(prediction.classCount()).isEqualTo(3);
    assertThat(prediction.className(0)).isEqualTo("a");
    assertThat(prediction.classProbability(0)).isEqualTo(0.2);
    assertThat(prediction.classProbability(2)).isEqualTo(0.4);
  }

  @Test
  void aNumberHasNoMajority() {
    assertThatThrownBy(() -> new MajorityClass(TargetType.NUMERIC))
        .hasMessage("target must be BINARY or MULTICLASS, got NUMERIC");
  }

  private void learn(MajorityClass model, String label, double target, double weight) {
    example.clear();
    example.label(label, target);
    example.weigh(weight);
    model.learn(example);
  }
}
