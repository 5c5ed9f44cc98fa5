package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriorStartTest {
  private static final LearnerSettings BINARY =
      new LearnerSettings(Target.binary("1"), 22, Map.of(), 1);

  @Test
  void modelsThatStartAreSeparateAndHaveLearnedNothing() {
    LearnerProvider provider = provider("logistic-regression");
    PriorStart start = new PriorStart(spec("logistic-regression", BINARY), provider, BINARY);
    Learner shared = trained(provider, BINARY, 1_000);
    Learner one = start.fresh(shared);
    one.learn(example(1));
    Learner other = start.fresh(shared);
    assertThat(one.examples()).isEqualTo(1);
    assertThat(other.examples()).isZero();
    assertThat(start.bytes()).isEqualTo(provider.write(other).length);
  }

  @Test
  void theyStartFromWhatIsAtMostAHundredthBehind() {
    LearnerProvider provider = provider("logistic-regression");
    PriorStart start = new PriorStart(spec("logistic-regression", BINARY), provider, BINARY);
    Learner shared = trained(provider, BINARY, 1_000);
    byte[] first = provider.write(start.fresh(shared));
    for (int i = 0; i < 10; i++) {
      shared.learn(example(i));
    }
    assertThat(provider.write(start.fresh(shared))).isEqualTo(first);
    shared.learn(example(11));
    assertThat(provider.write(start.fresh(shared))).isNotEqualTo(first);
  }

  @Test
  void oneThatIsTooLargeForTheModelsTopicIsRefused() {
    LearnerProvider provider = provider("logistic-regression");
    PriorStart start = new PriorStart(spec("logistic-regression", BINARY), provider, BINARY);
    Learner shared = provider.create(BINARY);
    Example wide = new Example();
    wide.clear();
    wide.label("1", 1);
    for (int coordinate = 0; coordinate < 400_000; coordinate++) {
      wide.features().addSparse(coordinate, 1);
    }
    shared.learn(wide);
    assertThatThrownBy(() -> start.fresh(shared))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "learner 'each': a model that starts from 'all' must be at most 4194304 bytes, got "
                + start.bytes()
                + ": each key would have so many; leave out of features what makes it large");
    assertThat(start.bytes()).isGreaterThan(4_194_304);
  }

  @Test
  void aTypeThatHasNoSuchStartIsRefusedInsteadOfBeginningWithNothing() {
    LearnerSettings settings = new LearnerSettings(Target.multiclass(), 22, Map.of(), 1);
    LearnerProvider provider = provider("softmax-regression");
    PriorStart start = new PriorStart(spec("softmax-regression", settings), provider, settings);
    assertThatThrownBy(() -> start.fresh(provider.create(settings)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("learner 'each': models of softmax-regression cannot start from 'all'");
  }

  private static PriorSpec spec(String type, LearnerSettings settings) {
    return new PriorSpec(
        new SharedSpec(
            "all", type, settings, ExchangeSettings.DEFAULT, 1_000, Holdout.NONE, "trainers", 1),
        "each");
  }

  private static LearnerProvider provider(String type) {
    return new LearnerRegistry(PriorStartTest.class.getClassLoader()).find(type).orElseThrow();
  }

  private static Learner trained(LearnerProvider provider, LearnerSettings settings, int examples) {
    Learner learner = provider.create(settings);
    for (int i = 0; i < examples; i++) {
      learner.learn(example(i));
    }
    return learner;
  }

  private static Example example(int number) {
    Example example = new Example();
    example.clear();
    example.features().addSparse(100 + number % 7, 1);
    example.label(number % 3 == 0 ? "1" : "0", number % 3 == 0 ? 1 : 0);
    return example;
  }
}
