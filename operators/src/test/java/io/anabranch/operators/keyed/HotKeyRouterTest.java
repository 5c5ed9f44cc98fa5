package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.SideOutputs;
import io.anabranch.operators.record.RecordTypes;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HotKeyRouterTest {
  private static final int RECORDS = 20_000;
  private static final PerKeySpec SPEC =
      new PerKeySpec(
          "bayes", "naive-bayes", SkewedExamples.SETTINGS, KeyChoice.ENTITY, 1_000, Holdout.NONE);

  private final Random random = new Random(1);
  private OneInputStreamOperatorTestHarness<Example, Example> harness;
  private int seen;

  @BeforeEach
  void open() throws Exception {
    open(2);
  }

  private void open(int parallelism) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            HotKeyRouter.factory(SPEC, parallelism), PerKeyHarness.KEY_GROUPS, 1, 0);
    harness.setup(RecordTypes.EXAMPLE.createSerializer(new SerializerConfigImpl()));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void recordsOfAHotKeyTakeAnotherWayOnceItIsKnownToBeHot() throws Exception {
    feed("hot", 0.5);

    List<String> hot = hot();
    assertThat(hot).containsOnly("hot");
    assertThat(hot.size()).isBetween(RECORDS / 2 - 3_000, RECORDS / 2);
    assertThat(hot.size() + harness.extractOutputValues().size()).isEqualTo(RECORDS);
  }

  @Test
  void aKeyWithLessThanHalfOfWhatASubtaskShouldHaveStays() throws Exception {
    feed("warm", 0.2);

    assertThat(hot()).isEmpty();
  }

  @Test
  void aKeyCoolsDownWhenItHasMuchLess() throws Exception {
    feed("one", 0.5);
    int first = hot().size();
    feed("one", 0.18);
    int warm = hot().size() - first;
    feed("other", 0.5);
    feed("other", 0.5);

    // What was hot stays so above an eighth, and then no longer.
    assertThat(warm).isGreaterThan(RECORDS / 8);
    List<String> last = hot().subList(hot().size() - 1_000, hot().size());
    assertThat(last).containsOnly("other");
  }

  @Test
  void amongManySubtasksAFewRecordsOfAKeyDoNotMakeItHot() throws Exception {
    harness.close();
    open(64); // half of what one should have is 1 in 128
    feed("lukewarm", 0.001);
    assertThat(hot()).isEmpty();

    feed("hot", 0.03);
    assertThat(hot()).containsOnly("hot").hasSizeGreaterThan(RECORDS * 3 / 100 / 4);
  }

  private List<String> hot() {
    return SideOutputs.of(harness, HotKeyRouter.HOT).stream().map(Example::key).toList();
  }

  private void feed(String key, double share) throws Exception {
    for (int i = 0; i < RECORDS; i++) {
      String of = random.nextDouble() < share ? key : "k" + random.nextInt(1_000);
      harness.processElement(new StreamRecord<>(PerKeyHarness.unlabelled(of, seen++)));
    }
  }
}
