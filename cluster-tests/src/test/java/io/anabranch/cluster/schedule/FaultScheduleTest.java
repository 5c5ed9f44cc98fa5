package io.anabranch.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.cluster.schedule.Fault.Kind;
import io.anabranch.cluster.schedule.Fault.Moment;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

  @Property(tries = 200, seed = "1")
  void aScheduleFollowsFromItsSeed(@ForAll long seed, @ForAll @IntRange(max = 40) int count) {
    assertThat(FaultSchedule.of(seed, count))
        .hasSize(count)
        .isEqualTo(FaultSchedule.of(seed, count));
  }

  @Property(tries = 200, seed = "1")
  void aLongerScheduleBeginsLikeAShorterOne(@ForAll long seed) {
    assertThat(FaultSchedule.of(seed, 30))
        .startsWith(FaultSchedule.of(seed, 17).toArray(Fault[]::new));
  }

  @Test
  void otherSeedsGiveOtherSchedules() {
    assertThat(FaultSchedule.of(1, 12)).isNotEqualTo(FaultSchedule.of(2, 12));
  }

  @Property(tries = 500, seed = "1")
  void twelveFaultsAreOfEveryKindDuringCheckpointsAndRightAfterRestores(@ForAll long seed) {
    List<Fault> faults = FaultSchedule.of(seed, 12);
    assertThat(faults).extracting(Fault::kind).contains(Kind.values());
    assertThat(faults).extracting(Fault::moment).contains(Moment.values());
    assertThat(faults).filteredOn(fault -> fault.moment() == Moment.AFTER_RESTORE).hasSize(2);
    assertThat(faults)
        .filteredOn(fault -> fault.moment() == Moment.DURING_CHECKPOINT)
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Property(tries = 500, seed = "1")
  void whatComesRightAfterARestoreFollowsAFaultThatRestartsTheJob(@ForAll long seed) {
    List<Fault> faults = FaultSchedule.of(seed, 36);
    assertThat(faults.get(0).moment()).isNotEqualTo(Moment.AFTER_RESTORE);
    for (int i = 1; i < faults.size(); i++) {
      if (faults.get(i).moment() == Moment.AFTER_RESTORE) {
        assertThat(faults.get(i - 1).kind().restartsJob()).isTrue();
        assertThat(faults.get(i).kind().restartsJob()).isTrue();
      }
    }
  }

  @Property(tries = 200, seed = "1")
  void pausesAreLongerThanTheHeartbeatTimeout(@ForAll long seed) {
    assertThat(FaultSchedule.of(seed, 24))
        .filteredOn(fault -> fault.kind().pauses())
        .allMatch(fault -> fault.outage().toMillis() > 5_000);
  }

  @Test
  void aFaultIsPrintedInWords() {
    assertThat(FaultSchedule.of(1, 1).get(0))
        .hasToString(
            "  1 pause task manager        during checkpoint victim 5, lull 2.8 s, outage 23.1 s");
  }

  @Test
  void numbersCountFromOne() {
    assertThat(FaultSchedule.of(3, 25)).extracting(Fault::number).startsWith(1, 2, 3).endsWith(25);
    assertThat(Arrays.stream(Kind.values()).filter(Kind::pauses)).hasSize(3);
  }
}
