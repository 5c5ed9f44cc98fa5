package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.exchange.CoordinateBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConflatingMailboxTest {
  private final ConflatingMailbox mailbox = new ConflatingMailbox();

  @Property(tries = 200, seed = "1")
  void theNewestValueOfEachCoordinateArrivesHoweverManyMessagesWereMerged(
      @ForAll @IntRange(min = 1, max = 40) int messages, @ForAll long seed) {
    ConflatingMailbox conflating = new ConflatingMailbox();
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, Float> newest = new TreeMap<>();
    for (int i = 0; i < messages; i++) {
      CoordinateBatch batch = new CoordinateBatch(1, 1);
      for (int coordinate = 0; coordinate < 10; coordinate++) {
        if (random.nextBoolean()) {
          int at = batch.add(coordinate);
          batch.values()[at] = i;
          int statisticsAt = batch.addStatistics(coordinate);
          batch.statistics()[statisticsAt] = i;
          newest.put(coordinate, (float) i);
        }
      }
      conflating.put(new WeightsMessage.Truth(1, 0, i, i, new long[] {i}, batch));
    }

    Map<Integer, Float> values = new TreeMap<>();
    Map<Integer, Float> statistics = new TreeMap<>();
    List<WeightsMessage.Truth> taken = new ArrayList<>();
    conflating.takeUp(message -> taken.add((WeightsMessage.Truth) message));
    for (WeightsMessage.Truth message : taken) {
      CoordinateBatch truth = message.truth();
      for (int i = 0; i < truth.size(); i++) {
        values.put(truth.coordinates()[i], truth.values()[i]);
      }
      for (int i = 0; i < truth.statisticsSize(); i++) {
        statistics.put(truth.statisticsCoordinates()[i], (float) truth.statistics()[i]);
      }
    }
    assertThat(taken).hasSizeLessThanOrEqualTo(4);
    assertThat(values).isEqualTo(newest);
    assertThat(statistics).isEqualTo(newest);
    assertThat(taken.get(taken.size() - 1).acknowledged(0)).isEqualTo(messages - 1);
  }

  @Property(tries = 200, seed = "1")
  void whetherACoordinateIsGoneIsAsTheNewestMessageHasIt(
      @ForAll @IntRange(min = 1, max = 40) int messages, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, Float> expected = new TreeMap<>();
    for (int i = 0; i < messages; i++) {
      CoordinateBatch truth = new CoordinateBatch(1, 0);
      CoordinateBatch gone = new CoordinateBatch(0, 0);
      for (int coordinate = 0; coordinate < 10; coordinate++) {
        switch (random.nextInt(3)) {
          case 0 -> {
            int at = truth.add(coordinate);
            truth.values()[at] = i;
            expected.put(coordinate, (float) i);
          }
          case 1 -> {
            gone.add(coordinate);
            expected.remove(coordinate);
          }
          default -> {}
        }
      }
      mailbox.put(new WeightsMessage.Truth(1, 0, i, i, new long[0], truth, gone));
    }
    Map<Integer, Float> values = new TreeMap<>();
    for (WeightsMessage taken : taken()) {
      WeightsMessage.Truth message = (WeightsMessage.Truth) taken;
      for (int i = 0; i < message.gone().size(); i++) {
        values.remove(message.gone().coordinates()[i]);
      }
      for (int i = 0; i < message.truth().size(); i++) {
        values.put(message.truth().coordinates()[i], message.truth().values()[i]);
      }
    }
    assertThat(values).isEqualTo(expected);
  }

  @Test
  void markersComeAfterWhatTheyVouchFor() {
    mailbox.put(new WeightsMessage.AllSent(1, 0, 1));
    mailbox.put(truth(3));
    assertThat(taken())
        .extracting(Object::getClass)
        .containsExactly(WeightsMessage.Truth.class, WeightsMessage.AllSent.class);
  }

  @Test
  void theListenerIsWokenOnceUntilItTakesUp() {
    mailbox.put(truth(0));
    List<String> woken = new ArrayList<>();
    mailbox.listen(() -> woken.add("woken"));
    mailbox.put(truth(1));
    assertThat(woken).hasSize(1);
    assertThat(taken()).hasSize(2);
    mailbox.put(truth(2));
    assertThat(woken).hasSize(2);
  }

  @Test
  void aTrainerWhoseInputHasEndedTakesNothingMore() {
    mailbox.listen(
        () -> {
          throw new RejectedExecutionException("mailbox is quiesced");
        });
    mailbox.put(truth(0));
    mailbox.put(truth(1));
    assertThat(taken()).isEmpty();
  }

  @Test
  void waitingEndsAtOnceWhenThereIsMail() throws InterruptedException {
    mailbox.put(truth(0));
    mailbox.await(Long.MAX_VALUE / 2_000_000);
    assertThat(taken()).hasSize(1);
  }

  @Test
  void aChannelIsGoneWhenBothSidesAreClosed() {
    int before = FeedbackHub.channels();
    FeedbackHub.Address address = new FeedbackHub.Address("job", "learner", 0, 1);
    FeedbackChannel receiver = FeedbackHub.open(address);
    FeedbackChannel trainer = FeedbackHub.open(address);
    receiver.put(truth(5));
    List<WeightsMessage> taken = new ArrayList<>();
    trainer.takeUp(taken::add);
    assertThat(taken).hasSize(1);

    trainer.close();
    trainer.close();
    assertThat(FeedbackHub.channels()).isEqualTo(before + 1);
    receiver.close();
    assertThat(FeedbackHub.channels()).isEqualTo(before);
  }

  @Test
  void channelsOfDifferentEpochsDoNotMeet() {
    try (FeedbackChannel before = FeedbackHub.open(new FeedbackHub.Address("job", "l", 0, 1));
        FeedbackChannel after = FeedbackHub.open(new FeedbackHub.Address("job", "l", 0, 2))) {
      before.put(truth(0));
      List<WeightsMessage> taken = new ArrayList<>();
      after.takeUp(taken::add);
      assertThat(taken).isEmpty();
    }
  }

  private List<WeightsMessage> taken() {
    List<WeightsMessage> taken = new ArrayList<>();
    mailbox.takeUp(taken::add);
    return taken;
  }

  private static WeightsMessage truth(int shard) {
    return new WeightsMessage.Truth(1, shard, 0, 0, new long[0], new CoordinateBatch(1, 1));
  }
}
