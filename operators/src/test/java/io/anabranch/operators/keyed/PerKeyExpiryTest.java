package io.anabranch.operators.keyed;

import static io.anabranch.operators.keyed.PerKeyHarness.labelled;
import static io.anabranch.operators.keyed.PerKeyHarness.unlabelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerKeyExpiryTest {
  private static final long EXPIRE = 8_000;
  private static final long BEGIN = 1_800_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aModelWhoseKeyIsNotSeenIsForgottenAndCounted(int heapModels) throws Exception {
    try (PerKeyHarness job = PerKeyHarness.expiring(heapModels, EXPIRE).open()) {
      job.process(labelled("a", 1, true)).process(labelled("b", 2, true));
      job.time(EXPIRE - 1);
      assertThat(job.expired()).isZero();
      job.process(labelled("b", 3, true));
      job.time(EXPIRE + EXPIRE / 4);
      assertThat(job.expired()).isEqualTo(1);

      job.process(unlabelled("a", 4)).process(unlabelled("b", 5));
      assertThat(job.predictions()).element(3).asString().startsWith("id-4 a v2 ");
      assertThat(job.predictions()).element(4).asString().startsWith("id-5 b v2 ");
    }
  }

  @Test
  void aModelThatIsOnlyAskedStaysAndHasOneTimer() throws Exception {
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(labelled("a", 1, true));
      for (int turn = 1; turn <= 10; turn++) {
        job.time(turn * EXPIRE / 2);
        job.process(unlabelled("a", 1 + turn));
        assertThat(job.timers()).isEqualTo(1);
      }
      assertThat(job.predictions()).last().asString().startsWith("id-11 a v1 ");
      assertThat(job.expired()).isZero();
    }
  }

  @Test
  void aForgottenModelDoesNotComeBackFromTheHeap() throws Exception {
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(labelled("a", 1, true)).process(labelled("b", 2, true));
      job.time(3 * EXPIRE);
      assertThat(job.expired()).isEqualTo(2);
      job.beforeBarrier();
      assertThat(job.blocks()).containsExactlyInAnyOrder("key:a v1 []", "key:b v1 []");
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void whatWasSeenWhenAndWhatExpiredIsRestored() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(labelled("gone", 1, true));
      job.time(2 * EXPIRE);
      job.process(labelled("a", 2, true));
      job.time(2 * EXPIRE + EXPIRE / 2);
      job.process(labelled("b", 3, true));
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).restore(state)) {
      assertThat(job.expired()).isEqualTo(1);
      job.time(3 * EXPIRE + EXPIRE / 4);
      assertThat(job.expired()).isEqualTo(2);
      job.process(unlabelled("a", 4)).process(unlabelled("b", 5));
      assertThat(job.predictions()).element(0).asString().startsWith("id-4 a v2 ");
      assertThat(job.predictions()).element(1).asString().startsWith("id-5 b v1 ");
    }
  }

  @Test
  void aStopIsNoReasonToForget() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).at(BEGIN).open()) {
      job.process(labelled("a", 1, true));
      job.time(BEGIN + EXPIRE / 2);
      job.process(labelled("b", 2, true));
      state = job.checkpoint(1, 100);
    }
    long again = BEGIN + 100 * EXPIRE;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).at(again).restore(state)) {
      job.time(again + EXPIRE / 2 - 1);
      assertThat(job.expired()).isZero();
      job.time(again + EXPIRE / 2 + EXPIRE / 8);
      assertThat(job.expired()).as("a, after half the time before the stop").isEqualTo(1);
      state = job.checkpoint(2, 200);
    }
    long onceMore = again + 1_000 * EXPIRE;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).at(onceMore).restore(state)) {
      job.time(onceMore + EXPIRE / 4);
      assertThat(job.expired()).isEqualTo(1);
      job.time(onceMore + EXPIRE / 2);
      assertThat(job.expired()).as("and b").isEqualTo(2);
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void aStopIsNoReasonToForgetUnderAnotherLimitEither() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).at(BEGIN).open()) {
      job.process(labelled("a", 1, true));
      state = job.checkpoint(1, 100);
    }
    long again = BEGIN + 100 * EXPIRE;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, 2 * EXPIRE).at(again).restore(state)) {
      job.time(again + 2 * EXPIRE - 1);
      assertThat(job.expired()).isZero();
      job.time(again + 2 * EXPIRE + EXPIRE / 4);
      assertThat(job.expired()).isEqualTo(1);
    }
  }

  @Test
  void stateOfBeforeAnythingExpiredIsTakenOver() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = new PerKeyHarness(5).open()) {
      job.process(labelled("a", 1, true));
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).at(10 * EXPIRE).restore(state)) {
      job.process(unlabelled("a", 2));
      assertThat(job.predictions()).last().asString().startsWith("id-2 a v1 ");
      job.time(12 * EXPIRE);
      assertThat(job.expired()).isEqualTo(1);
    }
  }

  @Test
  void whereNothingExpiresAnyMoreOldTimersDoNothing() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(labelled("a", 1, true));
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = new PerKeyHarness(5).restore(state)) {
      job.time(10 * EXPIRE);
      job.process(unlabelled("a", 2));
      assertThat(job.predictions()).last().asString().startsWith("id-2 a v1 ");
    }
  }

  @Test
  void aKeyThatWasOnlyAskedLeavesNothingBehind() throws Exception {
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(unlabelled("a", 1));
      job.time(3 * EXPIRE);
      job.process(unlabelled("a", 2));
      assertThat(job.expired()).isZero();
      assertThat(job.timers()).isEqualTo(1);
      assertThat(job.blocks()).isEmpty();
      assertThat(job.predictions()).containsExactly("id-1 a v0 0.5", "id-2 a v0 0.5");
    }
  }

  @Test
  void noVersionOfAKeyComesTwiceHoweverOftenItIsForgotten() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(labelled("a", 1, true)).process(labelled("a", 2, true));
      job.time(2 * EXPIRE);
      job.process(labelled("a", 3, true)).process(labelled("a", 4, true));
      assertThat(versions(job)).containsExactly("v0", "v1", "v3", "v4");
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = PerKeyHarness.expiring(1, EXPIRE).restore(state)) {
      job.process(unlabelled("a", 5)).process(unlabelled("b", 6)).process(unlabelled("a", 7));
      job.time(5 * EXPIRE);
      job.process(labelled("a", 8, true));
      assertThat(versions(job)).containsExactly("v5", "v0", "v5", "v6");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {EXPIRE / 20, 20 * EXPIRE})
  void underAnotherLimitAModelGoesWhenThatIsOver(long other) throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.time(BEGIN);
      job.process(labelled("a", 1, true)).process(labelled("b", 2, true));
      job.process(unlabelled("asked", 3));
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = PerKeyHarness.expiring(5, other).at(BEGIN).restore(state)) {
      job.process(labelled("asked", 4, true));
      job.time(BEGIN + other - 1);
      assertThat(job.expired()).isZero();
      job.time(BEGIN + other + EXPIRE / 8); // when they were seen was rounded up under the first
      assertThat(job.blocks()).contains("key:a v1 []", "key:b v1 []");
      job.time(BEGIN + other + EXPIRE / 8 + other / 8);
      assertThat(job.blocks()).contains("key:asked v1 []");
      assertThat(job.expired()).isEqualTo(3);
    }
  }

  @Test
  void modelsExpireWhenThatIsSetAgain() throws Exception {
    OperatorSubtaskState state;
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).open()) {
      job.process(labelled("a", 1, true)).process(labelled("b", 2, true));
      state = job.checkpoint(1, 100);
    }
    try (PerKeyHarness job = new PerKeyHarness(5).restore(state)) {
      job.time(10 * EXPIRE); // the timers go off and are no more
      job.process(labelled("a", 3, true));
      state = job.checkpoint(2, 200);
    }
    try (PerKeyHarness job = PerKeyHarness.expiring(5, EXPIRE).at(10 * EXPIRE).restore(state)) {
      job.process(unlabelled("a", 4));
      job.time(11 * EXPIRE - 1); // b counts as seen when the job came up
      assertThat(job.expired()).isZero();
      job.time(12 * EXPIRE);
      assertThat(job.expired()).isEqualTo(2);
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void modelsThatAreForgottenAreNotCountedAsRead() throws Exception {
    try (PerKeyHarness job = PerKeyHarness.expiring(1, EXPIRE).open()) {
      job.process(labelled("a", 1, true)).process(labelled("b", 2, true));
      job.process(unlabelled("a", 3));
      assertThat(job.reads()).isEqualTo(1);
      job.time(2 * EXPIRE);
      assertThat(job.expired()).isEqualTo(2);
      assertThat(job.reads()).isEqualTo(1);
    }
  }

  private static List<String> versions(PerKeyHarness job) {
    return job.predictions().stream().map(text -> text.split(" ")[2]).toList();
  }
}
