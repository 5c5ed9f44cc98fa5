package io.anabranch.operators.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.learner.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
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
    assertRefused(
        perKey(environment).placement(Placement.SHARED).expire(Duration.ofDays(1)), "expire");
    assertRefused(perKey(environment).placement(Placement.SHARED).entries(128), "entries");
    assertRefused(perKey(environment).placement(Placement.SHARED).heap(1 << 20), "heap");
    assertThatThrownBy(() -> perKey(environment).entries(127))
        .hasMessage("entries must be >= 128, one for each key group, got 127");
  }

  private static void assertRefused(OnlineLearning<?> learning, String what) {
    assertThatThrownBy(learning::attach)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "learner 'logistic-regression': %s must be used with placement PER_KEY, got SHARED"
                .formatted(what));
  }

  private static OnlineLearning<Long> perKey(StreamExecutionEnvironment environment) {
    DataStream<Long> numbers =
        environment.fromSequence(0, 2L * KEYS - 1).returns(Types.LONG).uid("numbers");
    return OnlineLearning.on(numbers)
        .key(number -> "k" + number % KEYS)
        .features(Features.mapping(Long.class).number("half", number -> number / 2.0))
        .label(Label.binary(number -> number % 2 == 0))
        .learner("logistic-regression")
        .placement(Placement.PER_KEY);
  }
}
