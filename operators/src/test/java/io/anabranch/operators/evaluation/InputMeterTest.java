package io.anabranch.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Target;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.OffsetsChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputMeterTest {
  private final InputMeter meter = new InputMeter("in", List.of("lr", "tree"), Target.binary("1"));
  private final List<MetricsChunk> shipped = new ArrayList<>();

  @Test
  void nothingIsShippedWhenNothingWasCounted() {
    meter.ship(shipped::add);
    assertThat(shipped).isEmpty();
  }

  @Test
  void eachLearnerIsToldTheSameCountsAndEachCountOnce() {
    meter.deadLetter();
    meter.ship(shipped::add);
    meter.ship(shipped::add);
    assertThat(shipped).extracting(MetricsChunk::learner).containsExactly("lr", "tree");
    assertThat(shipped).extracting(chunk -> chunk.input().deadLetters()).containsOnly(1L);
    assertThat(shipped).extracting(chunk -> chunk.sketch().isEmpty()).containsOnly(true);
  }

  @Test
  void theNextOffsetOfEveryPartitionThatWasReadIsKnown() {
    meter.read(3, 41);
    meter.read(0, 7);
    meter.read(3, 42);
    assertThat(meter.offsets(5, 1, 2))
        .isEqualTo(new OffsetsChunk(5, 1, 2, Map.of("in-0", 8L, "in-3", 43L)));
  }
}
