package io.anabranch.operators.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.exchange.CoordinateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What can be said of which coordinates a shared model keeps. */
class CoordinatesKeptTest {
  private static final int RECORDS = 3_000;

  @Test
  void valuesThatDoNotOccurOftenEnoughTakeNoRoomInTheModel() throws Exception {
    // A value in three is new, the other two are of the same ten.
    assertThat(model(shared("logistic-regression").admit(3)).length)
        .isLessThan(model(shared("logistic-regression")).length / 10);
  }

  @Test
  void howLongCoordinatesAreKeptReachesTheShards() {
    LearningStreams<Long> streams =
        shared("logistic-regression").admit(7).expire(Duration.ofDays(1)).attach();
    assertThat(Objects.requireNonNull(streams.loop()).spec().limits())
        .isEqualTo(new CoordinateLimits(7, 86_400_000));
  }

  @Test
  void theyAreForSharedModelsThatTellCoordinatesApart() {
    assertThatThrownBy(
            () -> shared("logistic-regression").placement(Placement.PER_KEY).admit(2).attach())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "learner 'logistic-regression': admit must be used with placement SHARED, got PER_KEY");
    String type =
        " must be of a type that keeps what it knows of a feature by itself, got naive-bayes";
    assertThatThrownBy(() -> shared("naive-bayes").admit(2).attach())
        .hasMessage("learner 'naive-bayes': admit" + type);
    assertThatThrownBy(() -> shared("naive-bayes").expire(Duration.ofDays(1)).attach())
        .hasMessage("learner 'naive-bayes': expire" + type);
    assertThatThrownBy(() -> shared("logistic-regression").admit(101))
        .hasMessage("admit.count must be between 1 and 100, got 101");
  }

  @Test
  void modelsAreWholeAlsoWhereWeightsTravelRounded() throws Exception {
    assertThat(roundWeights(model(shared("logistic-regression").leaveOut(true, 0.9))))
        .isLessThan(5);
  }

  /** How many of the eleven weights that are learned again and again are bfloat16. */
  private static long roundWeights(byte[] model) {
    LearnerSettings settings = new LearnerSettings(Target.binary("1"), 22, Map.of(), 1);
    LearnerProvider provider =
        new LearnerRegistry(CoordinatesKeptTest.class.getClassLoader())
            .require("it", "logistic-regression");
    CoordinateBatch delta = provider.delta(provider.read(model, settings)).orElseThrow();
    List<Float> often = new ArrayList<>();
    for (int at = 0; at < delta.size() * delta.width(); at += delta.width()) {
      if (delta.values()[at + 1] > 1) { // the sum of squared gradients
        often.add(delta.values()[at]);
      }
    }
    assertThat(often).hasSize(11);
    return often.stream().filter(u -> (Float.floatToRawIntBits(u) & 0xffff) == 0).count();
  }

  @Test
  void sumsThatMustBeExactLeaveNothingOut() {
    assertThatThrownBy(() -> shared("naive-bayes").leaveOut(true, 0).attach())
        .hasMessage(
            "learner 'naive-bayes': leaveOut must be of a type whose sums need not be exact, got"
                + " naive-bayes");
    assertThatThrownBy(
            () ->
                shared("logistic-regression")
                    .placement(Placement.PER_KEY)
                    .leaveOut(false, 0.5)
                    .attach())
        .hasMessage(
            "learner 'logistic-regression': leaveOut must be used with placement SHARED, got"
                + " PER_KEY");
    assertThatThrownBy(() -> shared("logistic-regression").leaveOut(false, 1))
        .hasMessage("exchange.hold must be from 0 to below 1, got 1.0");
  }

  private static byte[] model(OnlineLearning<Long> learning) throws Exception {
    List<LearnedModel> models = new ArrayList<>();
    learning.attach().models().executeAndCollect().forEachRemaining(models::add);
    return models.get(models.size() - 1).bytes();
  }

  private static OnlineLearning<Long> shared(String type) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
    DataStream<Long> numbers =
        environment.fromSequence(0, RECORDS - 1).returns(Types.LONG).uid("numbers");
    return OnlineLearning.on(numbers)
        .features(
            Features.mapping(Long.class)
                .category("page", number -> "p" + (number % 3 == 0 ? number : number % 10)))
        .label(Label.binary(number -> number % 2 == 0))
        .learner(type)
        .placement(Placement.SHARED);
  }
}
