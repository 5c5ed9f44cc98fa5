package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With things to do that take some thirty seconds of a checkpoint interval of ten minutes. */
class BarrierWatchTest {
  private static final int THINGS = 1_000;
  private static final long NANOS_PER_THING = 3_000_000;
  private static final int INTERVAL = 600;

  private long second;
  private long otherClockSeconds;
  private final BarrierWatch watch =
      new BarrierWatch(INTERVAL * 1_000, () -> second * 1_000_000_000L);

  @Test
  void preparesShortlyBeforeABarrierOnceTheirIntervalIsKnown() {
    barrierAfter(INTERVAL);
    barrierAfter(INTERVAL);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
  }

  @Test
  void goesByTheConfiguredIntervalUntilItHasSeenOthers() {
    assertThat(secondsOfPreparing(30)).isEqualTo(30);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
  }

  @Test
  void whatGoesOnBesideTheRecordsBeginsShortlyBefore() {
    long[] millis = new long[1];
    BarrierWatch watch = new BarrierWatch(10_000, () -> millis[0] * 1_000_000);
    List<Long> looks = new ArrayList<>();
    for (; millis[0] < 10_020; millis[0]++) {
      if (watch.soon()) {
        looks.add(millis[0]);
      }
    }
    assertThat(looks).as("nothing is known of the first").isEmpty();
    watch.arrived();
    watch.triggered(10_000);
    for (; millis[0] < 20_035; millis[0]++) {
      if (watch.soon()) {
        looks.add(millis[0]);
      }
    }
    assertThat(looks).hasSize(52).startsWith(19_520L, 19_530L).endsWith(20_020L, 20_030L);
    assertThat(watch.left()).isEqualTo(-10_000_000);
    looks.clear();
    for (; millis[0] < 120_035; millis[0]++) {
      if (watch.soon()) {
        looks.add(millis[0]);
      }
    }
    assertThat(looks).as("while it is overdue").hasSizeBetween(140, 150);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 100, INTERVAL / 2 - 5})
  void aSavepointBetweenTwoCheckpointsChangesNothing(int after) {
    barrierAfter(INTERVAL);
    barrierAfter(after); // the savepoint
    List<Integer> seconds = new ArrayList<>();
    seconds.add(secondsOfPreparing(INTERVAL - after));
    for (int i = 0; i < 4; i++) {
      seconds.add(secondsOfPreparing(INTERVAL));
    }
    assertThat(seconds).allMatch(preparing -> preparing >= 10 && preparing <= 40);
  }

  @Test
  void aBarrierThatWasHeldUpIsNoReasonToExpectTheNextLate() {
    for (int i = 0; i < 5; i++) {
      barrierAfter(INTERVAL);
    }
    barrierAfter(3 * INTERVAL);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
  }

  @ParameterizedTest
  @ValueSource(ints = {-86_400, 86_400})
  void aClockThatIsPutBackOrForwardIsFollowed(int seconds) {
    for (int i = 0; i < 5; i++) {
      barrierAfter(INTERVAL);
    }
    otherClockSeconds = seconds;
    for (int i = 0; i < 10; i++) {
      barrierAfter(INTERVAL);
    }
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
  }

  @Test
  void whereNoneWillComeThereIsNothingToPrepare() {
    BarrierWatch none = new BarrierWatch(0, () -> 0);
    none.record();
    assertThat(none.near(THINGS, NANOS_PER_THING)).isFalse();
    none.arrived();
    none.triggered(0); // of a savepoint
    assertThat(none.near(THINGS, NANOS_PER_THING)).isFalse();
    assertThat(none.soon()).isFalse();
  }

  private void barrierAfter(int seconds) {
    secondsOfPreparing(seconds);
  }

  /** Many records per second until the next barrier; how long there was preparing for it. */
  private int secondsOfPreparing(int seconds) {
    int preparing = 0;
    for (int i = 0; i < seconds; i++, second++) {
      for (int record = 0; record < 96; record++) {
        watch.record();
      }
      preparing += watch.near(THINGS, NANOS_PER_THING) ? 1 : 0;
    }
    watch.arrived();
    watch.triggered((second + otherClockSeconds) * 1_000);
    return preparing;
  }
}
