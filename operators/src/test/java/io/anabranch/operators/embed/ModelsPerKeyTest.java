package io.anabranch.operators.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.learner.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What can be said of how long, how many and where models per key are kept. */
class ModelsPerKeyTest {
  private static final int KEYS = 1_000;

  @Test
  void noMoreKeysHaveModelsThanMayAndTheOthersAreSaidToBeForgotten() throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(2);
    Iterator<LearnedModel> models =
        perKey(environment)
            .entries(128)
            .expire(Duration.ofDays(1))
            .heap(50_000)
            .attach()
            .models()
            .collectAsync();
    environment.executeAsync();
    Map<String, Boolean> forgotten = new HashMap<>();
    models.forEachRemaining(model -> forgotten.put(model.key(), model.isForgotten()));
    assertThat(forgotten).hasSize(KEYS);
    assertThat(forgotten.values().stream().filter(gone -> !gone))
        .hasSizeLessThanOrEqualTo(128)
        .hasSizeGreaterThan(64);
  }

  @Test
  void theyAreForModelsPerKey() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    assertRefused(perKey(environment).placement(Placement.SHARED).entries(128), "entries");
    assertRefused(perKey(environment).placement(Placement.SHARED).heap(1 << 20), "heap");
    assertThatThrownBy(() -> perKey(environment).heap(0)).hasMessage("heap must be >= 1, got 0");
    assertThatThrownBy(() -> perKey(environment).entries(127))
        .hasMessage("entries must be >= 128, one for each key group, got 127");
  }

  @Test
  void newKeysStartFromTheModelOfASharedLearner() throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(2);
    DataStream<Long> numbers = numbers(environment);
    LearningStreams<Long> everyone =
        perKey(numbers).placement(Placement.SHARED).startFrom(known()).attach();
    Iterator<Predicted> own =
        perKey(numbers).name("own").prior(everyone).attach().predictions().collectAsync();
    environment.executeAsync();
    List<Predicted> first = new ArrayList<>();
    own.forEachRemaining(
        predicted -> {
          if (predicted.version() == 0) {
            first.add(predicted);
          }
        });
    assertThat(first).hasSize(KEYS);
    assertThat(first).allSatisfy(one -> assertThat(one.probability()).isNotEqualTo(0.5));
  }

  /** A model that has learned all keys. */
  private static byte[] known() throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    List<LearnedModel> models = new ArrayList<>();
    perKey(environment)
        .placement(Placement.SHARED)
        .attach()
        .models()
        .executeAndCollect()
        .forEachRemaining(models::add);
    return models.get(models.size() - 1).bytes();
  }

  @Test
  void aPriorIsASharedLearnerWhoseModelFits() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    LearningStreams<Long> shared = perKey(environment).placement(Placement.SHARED).attach();
    LearningStreams<Long> keyed = perKey(environment).name("keyed").attach();
    String of = "learner 'logistic-regression': prior must be ";
    assertThatThrownBy(() -> perKey(environment).placement(Placement.SHARED).prior(shared).attach())
        .hasMessage(of + "used with placement PER_KEY, got SHARED");
    assertThatThrownBy(() -> perKey(environment).prior(keyed).attach())
        .hasMessage(of + "a learner with placement SHARED");
    assertThatThrownBy(() -> perKey(environment).learner("naive-bayes").prior(shared).attach())
        .hasMessage(
            "learner 'naive-bayes': prior must be a learner of the same type, naive-bayes and not"
                + " logistic-regression");
    assertThatThrownBy(() -> perKey(environment).hashBits(10).prior(shared).attach())
        .hasMessage(of.replace("be ", "have the same hashBits, 10 and not 22"));
    assertThatThrownBy(() -> perKey(environment).hyper("intercept", false).prior(shared).attach())
        .hasMessage(
            of.replace("be ", "fit (intercept must be true as of the shared model, got false)"));
    StreamExecutionEnvironment other = StreamExecutionEnvironment.getExecutionEnvironment();
    assertThatThrownBy(() -> perKey(other).prior(shared).attach())
        .hasMessage(of + "attached to the same environment");
    LearningStreams<Long> counts =
        perKey(environment).learner("naive-bayes").placement(Placement.SHARED).attach();
    assertThatThrownBy(() -> perKey(environment).learner("naive-bayes").prior(counts).attach())
        .hasMessage(
            "learner 'naive-bayes': prior must be left out: models of naive-bayes cannot start so");
  }

  private static void assertRefused(OnlineLearning<?> learning, String what) {
    assertThatThrownBy(learning::attach)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "learner 'logistic-regression': %s must be used with placement PER_KEY, got SHARED"
                .formatted(what));
  }

  private static OnlineLearning<Long> perKey(StreamExecutionEnvironment environment) {
    return perKey(numbers(environment));
  }

  private static DataStream<Long> numbers(StreamExecutionEnvironment environment) {
    return environment.fromSequence(0, 2L * KEYS - 1).returns(Types.LONG).uid("numbers");
  }

  private static OnlineLearning<Long> perKey(DataStream<Long> numbers) {
    return OnlineLearning.on(numbers)
        .key(number -> "k" + number % KEYS)
        .features(Features.mapping(Long.class).number("half", number -> number / 2.0))
        .label(Label.binary(number -> number % 2 == 0))
        .learner("logistic-regression")
        .placement(Placement.PER_KEY);
  }
}
