package io.anabranch.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.SchedulerExecutionMode;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.junit.jupiter.api.Test;

class EpochsTest {

  @Test
  void underTheDefaultSchedulerGraphAndAttemptMakeTheEpoch() {
    long epoch = Epochs.of("a1", 0, false);
    assertThat(Epochs.of("a1", 0, false)).isEqualTo(epoch);
    assertThat(Epochs.of("a1", 1, false)).isNotEqualTo(epoch);
    assertThat(Epochs.of("a2", 0, false)).isNotEqualTo(epoch);
  }

  @Test
  void underTheAdaptiveSchedulerTheGraphAloneMakesTheEpoch() {
    long epoch = Epochs.of("a1", 0, true);
    assertThat(Epochs.of("a1", 3, true)).isEqualTo(epoch);
    assertThat(Epochs.of("a2", 0, true)).isNotEqualTo(epoch);
  }

  @Test
  void theSchedulerIsReadFromTheConfigurationOfTheCluster() {
    assertThat(Epochs.isAdaptive(new Configuration())).isFalse();
    assertThat(
            Epochs.isAdaptive(
                new Configuration()
                    .set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive)))
        .isTrue();
    assertThat(
            Epochs.isAdaptive(
                new Configuration()
                    .set(JobManagerOptions.SCHEDULER_MODE, SchedulerExecutionMode.REACTIVE)))
        .isTrue();
  }

  @Test
  void tasksOfDifferentGraphsHaveDifferentEpochs() throws Exception {
    try (MockEnvironment one = MockEnvironment.builder().build();
        MockEnvironment other = MockEnvironment.builder().build()) {
      assertThat(Epochs.of(one)).isEqualTo(Epochs.of(one)).isNotEqualTo(Epochs.of(other));
    }
  }
}
