package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.AdditiveLearner;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.exchange.WeightsMessage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a helper knows, beside a model that learned the same examples by itself. */
class KeyReplicaTest {
  private static final LearnerProvider PROVIDER =
      new LearnerRegistry(KeyReplicaTest.class.getClassLoader()).find("naive-bayes").orElseThrow();
  private static final int HELPER = 1;

  private final KeyReplica replica = new KeyReplica(PROVIDER, SkewedExamples.SETTINGS, HELPER);
  private final AdditiveLearner truth = (AdditiveLearner) PROVIDER.create(SkewedExamples.SETTINGS);
  private final Learner alone = PROVIDER.create(SkewedExamples.SETTINGS);

  @Test
  void usageExample() {
    learnElsewhere(0, 100);
    arrive(0);
    learnHere(100, 150);
    KeyDelta first = replica.take(1, "k", 7).orElseThrow();
    learnHere(150, 180);
    KeyDelta second = replica.take(1, "k", 8).orElseThrow();
    learnHere(180, 190);

    assertThat(first.examples()).isEqualTo(50);
    assertThat(second.examples()).isEqualTo(30);
    merge(first);
    learnElsewhere(190, 200);
    arrive(7); // without the second, and without what was not shipped
    assertThat(replica.unacknowledged()).isEqualTo(1);
    assertThat(replica.version()).isEqualTo(5 + 200);
    assertSameAsAlone();
    merge(second);
    arrive(8);
    assertThat(replica.unacknowledged()).isZero();
    assertSameAsAlone();
  }

  @Test
  void whatWasNotLearnedIsNotShipped() {
    arrive(0);
    assertThat(replica.take(1, "k", 1)).isEmpty();
  }

  @Test
  void ofAGrownModelASmallPartOfItIsDue() {
    learnElsewhere(0, 2_000);
    arrive(0);
    learnHere(2_000, 2_010);
    assertThat(replica.isDue(2)).isFalse(); // 10 of 2,010: a hundredth of it for both is 20.1
    learnHere(2_010, 2_011);
    assertThat(replica.isDue(2)).isTrue();
  }

  @Test
  void aKeyIsHelpedWithWhenItsModelGrowsSlowly() {
    replica.asked(1);
    learnElsewhere(0, 100);
    arrive(1);
    assertThat(replica.ready()).isFalse(); // nobody knows how fast it grows
    replica.asked(5);
    learnElsewhere(100, 200);
    arrive(3); // the answer to another helper
    arrive(5);
    assertThat(replica.ready()).isFalse(); // twofold between two questions
    replica.asked(9);
    learnElsewhere(200, 250);
    arrive(9);
    assertThat(replica.ready()).isTrue();
  }

  @Test
  void aKeyWithoutLabelsIsHelpedWithAtTheSecondAnswer() {
    replica.asked(1);
    arrive(1);
    assertThat(replica.ready()).isFalse();
    replica.asked(2);
    arrive(2);
    assertThat(replica.ready()).isTrue();
  }

  private void learnHere(long from, long to) {
    LongStream.range(from, to)
        .mapToObj(SkewedExamples::of)
        .forEach(
            example -> {
              replica.learn(example);
              alone.learn(example);
            });
  }

  private void learnElsewhere(long from, long to) {
    LongStream.range(from, to)
        .mapToObj(SkewedExamples::of)
        .forEach(
            example -> {
              truth.learn(example);
              alone.learn(example);
            });
  }

  private void merge(KeyDelta delta) {
    truth.add(PROVIDER.read(delta.model(), SkewedExamples.SETTINGS));
  }

  private void arrive(long acknowledged) {
    replica.overwrite(
        new WeightsMessage.KeyTruth(
            1, "k", 5, new long[] {99, acknowledged}, PROVIDER.write(truth)));
  }

  private void assertSameAsAlone() {
    Prediction one = new Prediction();
    Prediction other = new Prediction();
    for (long number = 0; number < 50; number++) {
      Example example = SkewedExamples.of(number);
      replica.predict(example, one);
      alone.predict(example, other);
      assertThat(one.probability()).isCloseTo(other.probability(), within(1e-9));
    }
  }
}
