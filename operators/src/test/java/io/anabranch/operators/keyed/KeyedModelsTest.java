package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.junit.jupiter.api.Test;

class KeyedModelsTest {
  private final PerKeySpec spec =
      new PerKeySpec(
          "average",
          RunningAverage.TYPE,
          new LearnerSettings(Target.binary("1"), 22, Map.of(), 1),
          KeyChoice.ENTITY,
          1_000,
          Holdout.NONE);
  private final KeyedBytes state = new KeyedBytes();
  private final RunningAverage provider = new RunningAverage();
  private final Counter reads = new SimpleCounter();
  private final KeyedModels models =
      new KeyedModels(
          spec,
          provider,
          new OtherKey("average", state),
          state,
          (key, stored) -> KeyLife.unqueued(Math.max(0, stored.base())),
          reads,
          (key, version, bytes) -> {},
          StateMemory.NONE);

  @Test
  void anotherKeysModelGoesUnderThatKeyAndTheCurrentKeyStays() {
    state.setCurrentKey("here");
    models.store(
        "there", new KeyedModel(provider.create(spec.settings()), 0, KeyLife.unqueued(0), true));
    assertThat(state.values).containsOnlyKeys("there");
    assertThat(models.load("there")).isPresent();
    assertThat(models.load("here")).isEmpty();
    assertThat(state.getCurrentKey()).isEqualTo("here");
    assertThat(reads.getCount()).isEqualTo(1);
  }

  @Test
  void withAModelGoesWhenItsKeyWasSeenAndWhereItsVersionsBegin() {
    state.setCurrentKey("here");
    KeyedModel model =
        new KeyedModel(provider.create(spec.settings()), 0, KeyLife.unqueued(7), true);
    model.seen(1_800_000_000_000L);
    models.store("here", model);
    KeyedModel read = models.load("here").orElseThrow();
    assertThat(read.seen()).isEqualTo(1_800_000_000_000L);
    assertThat(read.version()).isEqualTo(7);
    assertThat(read.heapBytes()).as("of the model alone").isEqualTo(1_024 + 3 * 16);
  }

  @Test
  void aModelOfAnEarlierBuildStandsAlone() {
    state.setCurrentKey("here");
    state.values.put("here", provider.write(provider.create(spec.settings())));
    assertThat(models.load("here").orElseThrow().seen()).isEqualTo(KeyedModel.NOT_SEEN);
  }

  @Test
  void theFirstModelIsMeasuredAndTheNextAreGuessedToBeLikeIt() {
    state.setCurrentKey("here");
    assertThat(models.guessedBytes()).isZero();
    KeyedModel model =
        new KeyedModel(provider.create(spec.settings()), 0, KeyLife.unqueued(0), true);
    models.measure(model);
    assertThat(models.guessedBytes()).isEqualTo(16);
    assertThat(model.heapBytes()).isEqualTo(1_024 + 3 * 16);
    assertThat(state.values).isEmpty();
  }

  @Test
  void aDamagedModelIsRefusedWithItsKeyAndTheReason() {
    state.setCurrentKey("here");
    state.values.put("there", new byte[3]);
    assertThatThrownBy(() -> models.load("there"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the model of key 'there' of learner 'average' cannot be read from state:"
                + " must have 16 bytes, got 3");
    assertThat(state.getCurrentKey()).isEqualTo("here");
  }

  private static final class KeyedBytes implements ValueState<byte[]>, KeyContext {
    final Map<Object, byte[]> values = new HashMap<>();
    private Object key;

    @Override
    public byte[] value() {
      return values.get(key);
    }

    @Override
    public void update(byte[] value) {
      values.put(key, value);
    }

    @Override
    public void clear() {
      values.remove(key);
    }

    @Override
    public void setCurrentKey(Object key) {
      this.key = key;
    }

    @Override
    public Object getCurrentKey() {
      return key;
    }
  }
}
