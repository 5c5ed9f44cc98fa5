package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With things to do that take some thirty seconds of a checkpoint interval of ten minutes. */
class BarrierWatchTest {
  private static final int THINGS = 1_000;
  private static final long NANOS_PER_THING = 3_000_000;
  private static final int INTERVAL = 600;

  private long second;
  private final BarrierWatch watch = new BarrierWatch(true, () -> second * 1_000_000_000L);

  @Test
  void preparesShortlyBeforeABarrierOnceTheirIntervalIsKnown() {
    barrierAfter(INTERVAL);
    barrierAfter(INTERVAL);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
  }

  @Test
  void aSavepointBetweenTwoCheckpointsChangesNextToNothing() {
    for (int i = 0; i < 5; i++) {
      barrierAfter(INTERVAL);
    }
    barrierAfter(5); // the savepoint
    List<Integer> seconds = new ArrayList<>();
    seconds.add(secondsOfPreparing(INTERVAL - 5));
    for (int i = 0; i < 4; i++) {
      seconds.add(secondsOfPreparing(INTERVAL));
    }
    assertThat(seconds).allMatch(preparing -> preparing <= 40);
  }

  @Test
  void aBarrierThatWasHeldUpIsNoReasonToExpectTheNextLate() {
    for (int i = 0; i < 5; i++) {
      barrierAfter(INTERVAL);
    }
    barrierAfter(3 * INTERVAL);
    assertThat(secondsOfPreparing(INTERVAL)).isBetween(25, 40);
  }

  @Test
  void whereNoneWillComeThereIsNothingToPrepare() {
    BarrierWatch none = new BarrierWatch(false, () -> 0);
    none.record();
    assertThat(none.near(THINGS, NANOS_PER_THING)).isFalse();
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
    watch.triggered(second * 1_000);
    return preparing;
  }
}
