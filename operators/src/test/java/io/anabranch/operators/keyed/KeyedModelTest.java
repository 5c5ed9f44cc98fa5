package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedModelTest {
  private final RunningAverage provider = new RunningAverage();
  private final LearnerSettings settings = new LearnerSettings(Target.binary("1"), 22, Map.of(), 1);
  private int made;
  private final Learner known = provider.create(settings);
  private final KeyStart start =
      new KeyStart(
          known,
          () -> {
            made++;
            return new KeyStart.Own(provider.create(settings), 5_000);
          });

  @Test
  void aKeyThatOnlyAsksHasNoModelOfItsOwn() {
    KeyedModel model = new KeyedModel(KeyLife.unqueued(7));
    assertThat(model.predicting(start)).isSameAs(known);
    assertThat(model.version()).isEqualTo(7);
    assertThat(model.hasLearned()).isFalse();
    assertThat(model.heapBytes()).isEqualTo(1_024);
    assertThat(made).isZero();
    assertThatThrownBy(model::own)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a key that has not learned has no model of its own");
  }

  @Test
  void aKeyThatLearnsHasOneAndTakesItsRoom() {
    KeyedModel model = new KeyedModel(KeyLife.unqueued(7));
    Learner own = model.learning(start);
    own.learn(example());
    assertThat(model.learning(start)).isSameAs(own).isNotSameAs(known);
    assertThat(model.predicting(start)).isSameAs(own);
    assertThat(model.version()).isEqualTo(8);
    assertThat(model.hasLearned()).isTrue();
    assertThat(model.heapBytes()).isEqualTo(1_024 + 3 * 5_000);
    assertThat(known.examples()).isZero();
    assertThat(made).isEqualTo(1);
  }

  private static Example example() {
    Example example = new Example();
    example.clear();
    example.features().addSparse(1, 1);
    example.label("1", 1);
    return example;
  }
}
