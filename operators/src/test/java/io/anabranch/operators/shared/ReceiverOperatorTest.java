package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.exchange.FeedbackChannel;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.Epochs;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReceiverOperatorTest {

  @Test
  void onlyWeightsOfThisEpochReachTheTrainerAndThoseThatFollow() throws Exception {
    int before = FeedbackHub.channels();
    try (OneInputStreamOperatorTestHarness<WeightsMessage, Void> harness =
        new OneInputStreamOperatorTestHarness<>(
            ReceiverOperator.factory("tally", List.of("each")), 128, 2, 1)) {
      harness.open();
      long epoch = Epochs.of(harness.getEnvironment());
      FeedbackChannel trainer =
          FeedbackHub.open(
              new FeedbackHub.Address(
                  harness.getEnvironment().getJobID().toString(), "tally", 1, epoch));
      WeightsMessage current = new WeightsMessage.AllSent(epoch, 0, 2);
      harness.processElement(new StreamRecord<>(new WeightsMessage.AllSent(epoch - 1, 0, 2)));
      harness.processElement(new StreamRecord<>(current));

      FeedbackChannel follower =
          FeedbackHub.open(
              new FeedbackHub.Address(
                  harness.getEnvironment().getJobID().toString(), "tally for each", 1, epoch));
      for (FeedbackChannel channel : List.of(trainer, follower)) {
        List<WeightsMessage> taken = new ArrayList<>();
        channel.takeUp(taken::add);
        assertThat(taken).containsExactly(current);
        channel.close();
      }
    }
    assertThat(FeedbackHub.channels()).isEqualTo(before);
  }
}
