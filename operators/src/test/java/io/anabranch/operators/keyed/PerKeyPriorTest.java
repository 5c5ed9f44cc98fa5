package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.ExchangeSettings;
import io.anabranch.operators.shared.PriorSpec;
import io.anabranch.operators.shared.SharedLoop;
import io.anabranch.operators.shared.SharedSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job in which half of the records teach a shared model, and the other half are of keys that come
 * once each: what is predicted for these is what they start with.
 */
class PerKeyPriorTest {
  private static final int PARALLELISM = 2;
  private static final long RECORDS = 6_000;
  private static final long TAUGHT = 3_000;
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Target.binary("1"), 22, Map.of(), 1);

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(1, PARALLELISM);

  @TempDir Path checkpoints;

  @Test
  void newKeysKnowWhatTheSharedModelKnows() throws Exception {
    int channels = FeedbackHub.channels();
    assertThat(right(run(new Failures()))).isGreaterThan(0.95);
    assertThat(FeedbackHub.channels()).isEqualTo(channels);
  }

  @Test
  void afterFailuresNoKeyStartsBeforeTheModelIsWhole() throws Exception {
    Failures failures = new Failures(3_700L, 4_900L);
    List<Start> predictions = run(failures);
    assertThat(failures.allHappened()).isTrue();
    assertThat(predictions).hasSizeGreaterThanOrEqualTo((int) RECORDS);
    assertThat(predictions.stream().filter(start -> start.number() >= 4_000))
        .allSatisfy(start -> assertThat(start.probability()).isNotEqualTo(0.5));
    assertThat(right(predictions)).isGreaterThan(0.95);
  }

  /** What was predicted for a record. */
  private record Start(long number, double probability) {}

  /** How many of the keys that come once are predicted right. */
  private static double right(List<Start> predictions) {
    return predictions.stream()
        .filter(start -> start.number() >= TAUGHT + 1_000)
        .mapToDouble(start -> start.probability() > 0.5 == positive(start.number()) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static boolean positive(long number) {
    return number * 31 % 7 < 3;
  }

  private List<Start> run(Failures failures) throws Exception {
    StreamExecutionEnvironment env =
        PerKeyJob.environment(PerKeyJob.configuration(checkpoints), PARALLELISM);
    DataStream<Example> examples =
        env.fromSource(
                new DataGeneratorSource<>(
                    number -> number, RECORDS, RateLimiterStrategy.perCheckpoint(400), Types.LONG),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers")
            .map(
                number -> {
                  failures.at(number);
                  return example(number);
                })
            .returns(RecordTypes.EXAMPLE)
            .uid("decode");
    SharedSpec shared =
        new SharedSpec(
            "all",
            "logistic-regression",
            SETTINGS,
            ExchangeSettings.DEFAULT,
            1_000,
            Holdout.NONE,
            "trainers",
            PARALLELISM);
    discard(SharedLoop.attach(examples, shared, List.of("each")).streams(), "all");
    LearnerStreams each =
        PerKeyTraining.attach(
            examples,
            new PerKeySpec(
                "each",
                "logistic-regression",
                SETTINGS,
                KeyChoice.ENTITY,
                1_000,
                Holdout.NONE,
                50 * KeyedModel.heapBytes(200),
                KeyLimits.NONE,
                DriftDetection.NONE,
                new PriorSpec(shared, "each")));
    List<Start> predictions = new ArrayList<>();
    Iterator<String> collected =
        each.predictions()
            .map(record -> record.id() + " " + record.prediction().probability())
            .returns(Types.STRING)
            .uid("text")
            .collectAsync();
    env.executeAsync();
    collected.forEachRemaining(
        text -> {
          String[] parts = text.split(" ");
          predictions.add(new Start(Long.parseLong(parts[0]), Double.parseDouble(parts[1])));
        });
    return predictions;
  }

  private static void discard(LearnerStreams streams, String name) {
    streams.predictions().sinkTo(new DiscardingSink<>()).uid(name + "-predictions");
    streams.blocks().sinkTo(new DiscardingSink<>()).uid(name + "-blocks");
  }

  /** Seven words, of which three say yes. */
  private static Example example(long number) {
    Example example = new Example();
    example.clear();
    String key = number < TAUGHT ? "k" + number % 5 : "new-" + number;
    example.identify(Long.toString(number), key, number);
    example.features().addSparse((int) (100 + number * 31 % 7), 1);
    example.label(positive(number) ? "1" : "0", positive(number) ? 1 : 0);
    return example;
  }
}
