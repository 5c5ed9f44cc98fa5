package io.anabranch.operators.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.linear.LinearRegressionProvider;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.metrics.JobFigures;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.record.MetricsReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineLearningTest {
  private static final int RECORDS = 4_000;
  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(1, 3, METRICS);

  @ParameterizedTest
  @CsvSource({
    "SHARED, true, false",
    "SHARED, false, true",
    "PER_KEY, true, true",
    "PER_KEY, false, false"
  })
  void everyRecordIsPredictedAndCountedOnceAlsoAfterAFailure(
      Placement placement, boolean objectReuse, boolean failing) throws Exception {
    StreamExecutionEnvironment environment = environment(objectReuse);
    String failure = failing ? placement.name() : "";
    DataStream<Reading> readings = readings(environment).map(reading -> failOnce(failure, reading));
    LearningStreams<Reading> learning = learning(readings).placement(placement).attach();
    Iterator<Predicted> predictions = learning.predictions().collectAsync();
    Iterator<MetricsReport> metrics = learning.metrics().collectAsync();
    Iterator<Refused<Reading>> refused = learning.refused().collectAsync();
    JobID job = environment.executeAsync().getJobID();

    assertThat(drain(predictions))
        .extracting(Predicted::id)
        .hasSize(RECORDS * 99 / 100)
        .doesNotHaveDuplicates();
    assertThat(drain(refused))
        .hasSize(RECORDS / 100)
        .allSatisfy(
            one -> assertThat(one.reason).isEqualTo("weight must be finite and >= 0, got -1.0"));
    MetricsReport last =
        drain(metrics).stream()
            .filter(report -> report.window() == 0)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(last.input().records()).isEqualTo(RECORDS * 99 / 100);
    assertThat(last.input().deadLetters()).isEqualTo(RECORDS / 100);
    assertThat(last.figures().get("accuracy")).isGreaterThan(0.9);
    assertThat(!failing || FAILED.contains(failure)).isTrue();
    if (!failing) { // a counter begins again
      assertThat(encoded(job, LearningMetric.RECORDS)).isEqualTo(RECORDS * 99 / 100);
      assertThat(encoded(job, LearningMetric.DEAD_LETTERS)).isEqualTo(RECORDS / 100);
      assertThat(encoded(job, LearningMetric.UNLABELLED)).isZero();
    }
  }

  private static long encoded(JobID job, LearningMetric metric) {
    return JobFigures.sum(METRICS, job, metric, "-encode");
  }

  @ParameterizedTest
  @EnumSource(
      value = Placement.class,
      names = {"SHARED", "PER_KEY"})
  void theLastModelPredictsWhatWasLearned(Placement placement) throws Exception {
    StreamExecutionEnvironment environment = environment(true);
    LearningStreams<Reading> learning =
        learning(readings(environment))
            .placement(placement)
            .modelsEvery(Duration.ofMillis(50))
            .attach();
    Iterator<LearnedModel> models = learning.models().collectAsync();
    environment.executeAsync();

    List<LearnedModel> ofFirst =
        drain(models).stream()
            .filter(model -> placement == Placement.SHARED || model.key().equals("p0"))
            .toList();
    assertThat(ofFirst).isNotEmpty();
    Scorer.Predictor<Reading> last = learning.scorer().load(ofFirst.get(ofFirst.size() - 1));
    Reading reading = reading(0);
    reading.load = 1;
    assertThat(last.predict(reading).probability()).isLessThan(0.2);
    reading.load = 99;
    Predicted predicted = last.predict(reading);
    assertThat(predicted.probability()).isGreaterThan(0.8);
    assertThat(predicted.id()).isEqualTo("r0");
    assertThat(predicted.key()).isEqualTo("p0");
    assertThat(predicted.learner()).isEqualTo("logistic-regression");
  }

  @Test
  void learningGoesOnFromAModel() throws Exception {
    StreamExecutionEnvironment first = environment(true);
    LearningStreams<Reading> learning = learning(readings(first)).attach();
    Iterator<LearnedModel> models = learning.models().collectAsync();
    first.executeAsync();
    LearnedModel last = drain(models).stream().reduce((one, two) -> two).orElseThrow();

    StreamExecutionEnvironment second = environment(true);
    LearningStreams<Reading> again =
        learning(readings(second).filter(reading -> reading.id.length() < 4))
            .startFrom(last.bytes())
            .attach();
    Iterator<Predicted> predictions = again.predictions().collectAsync();
    Iterator<LearnedModel> continued = again.models().collectAsync();
    second.executeAsync();
    // From the very first record on it knows what the first job learned.
    assertThat(drain(predictions))
        .hasSize(99)
        .filteredOn(predicted -> Math.abs(number(predicted.id()) - 50) > 10)
        .allSatisfy(
            predicted -> assertThat(predicted.positive()).isEqualTo(number(predicted.id()) > 50));
    assertThat(drain(continued)).isNotEmpty();

    StreamExecutionEnvironment third = environment(true);
    assertRefused(
        learning(readings(third)).placement(Placement.PER_KEY).startFrom(last.bytes()),
        "learner 'logistic-regression': startFrom must be used with placement SHARED, got PER_KEY");
    assertThatThrownBy(() -> learning(readings(third)).startFrom(new byte[] {1}).attach())
        .hasMessage("a model must be at least 19 bytes long, got 1: it is truncated");
    LearnerSettings settings =
        new LearnerSettings(Target.numeric(), LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1);
    LearnerProvider linear = new LinearRegressionProvider();
    assertRefused(
        learning(readings(third))
            .label(Label.number(r -> r.load))
            .learner("linear-regression")
            .startFrom(linear.write(linear.create(settings))),
        "learner 'linear-regression': startFrom must be of a type that can begin with a model,"
            + " got linear-regression");
  }

  @Test
  void naiveBayesOfTwoTrainersCountsWhatASingleOneDoesAlsoAfterAFailure() throws Exception {
    byte[] alone = countsOf(1, "");
    assertThat(countsOf(2, "counts")).isEqualTo(alone);
    assertThat(FAILED).contains("counts");
  }

  /** The last model that so many trainers made of categories. */
  private static byte[] countsOf(int trainers, String failure) throws Exception {
    StreamExecutionEnvironment environment = environment(true);
    environment.setParallelism(trainers);
    Iterator<LearnedModel> models =
        learning(readings(environment).map(reading -> failOnce(failure, reading)))
            .features(Features.fields("mode", "place"))
            .learner("naive-bayes")
            .attach()
            .models()
            .collectAsync();
    environment.executeAsync();
    LearnedModel last = drain(models).stream().reduce((one, two) -> two).orElseThrow();
    return last.bytes();
  }

  /** What reading r17 loads. */
  private static double number(String id) {
    return reading(Long.parseLong(id.substring(1))).load;
  }

  @Test
  @SuppressWarnings("deprecation") // an old source is what is wanted
  void severalLearnersLearnFromOneStreamAndAnyStreamWillDo() throws Exception {
    StreamExecutionEnvironment environment = environment(true);
    List<Reading> all = new ArrayList<>();
    for (long n = 0; n < 300; n++) {
      all.add(reading(n));
    }
    // An old source, another parallelism, a union: none of them can be chained to.
    DataStream<Reading> old = environment.fromCollection(all);
    DataStream<Reading> united = old.union(readings(environment));
    LearningStreams<Reading> first = learning(old).name("first").attach();
    LearningStreams<Reading> second = learning(united).name("second").attach();
    LearningStreams<Reading> third =
        learning(old).learner("majority-class").placement(Placement.PER_KEY).name("3").attach();
    Iterator<Predicted> ones = first.predictions().collectAsync();
    Iterator<Predicted> twos = second.predictions().collectAsync();
    Iterator<Predicted> threes = third.predictions().collectAsync();
    Iterator<MetricsReport> metrics = first.metrics().union(second.metrics()).collectAsync();
    environment.executeAsync();

    assertThat(drain(ones)).hasSize(297);
    assertThat(drain(twos)).hasSize(297 + RECORDS * 99 / 100);
    assertThat(drain(threes)).hasSize(297);
    assertThat(drain(metrics)).extracting(MetricsReport::learner).contains("first", "second");
  }

  @Test
  void whatIsMissingOrWrongIsSaidBeforeAnythingRuns() {
    StreamExecutionEnvironment environment = environment(true);
    DataStream<Reading> readings = readings(environment);
    assertRefused(OnlineLearning.on(readings), "features must be given: .features(…)");
    assertRefused(
        OnlineLearning.on(readings).features(Features.fields("load")),
        "label must be given: .label(…)");
    assertRefused(
        learning(readings).learner(""), "learner must be given: .learner(\"logistic-regression\")");
    assertRefused(
        learning(readings).hyper("alpha", -1.0),
        "learner 'logistic-regression': hyper.alpha must be > 0 and <= 1000000, got -1.0");
    assertRefused(
        learning(readings).hyper("alfa", 1.0),
        "learner 'logistic-regression': hyper must be one of alpha, beta, l1, l2, intercept,"
            + " got 'alfa'");
    assertRefused(
        learning(readings).label(Label.number(reading -> 1)),
        "learner 'logistic-regression': the label of a logistic-regression must be one of"
            + " [BINARY], got NUMERIC");
    assertRefused(
        learning(readings).learner("hoeffding-tree"),
        "learner 'hoeffding-tree': the placement of a hoeffding-tree must be one of [PER_KEY],"
            + " got SHARED");
    assertRefused(
        learning(readings).features(Features.mapping(Reading.class)),
        "features must be at least one, got none");
    assertThatThrownBy(() -> learning(readings).learner("logit").attach())
        .hasMessageStartingWith("learner 'logit': type must be one of ")
        .hasMessageEndingWith(", got 'logit'");
    environment.setParallelism(200);
    assertRefused(
        learning(readings),
        "the parallelism of the environment must be between 1 and 128, got 200");
  }

  private static void assertRefused(OnlineLearning<?> learning, String message) {
    assertThatThrownBy(learning::attach)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static OnlineLearning<Reading> learning(DataStream<Reading> readings) {
    return OnlineLearning.on(readings)
        .id(reading -> reading.id)
        .key(reading -> reading.place)
        .weight(reading -> reading.people == null ? -1 : 1)
        .features(Features.fields("load", "mode"))
        .label(Label.binary(reading -> reading.open))
        .learner("logistic-regression")
        .exchange(100, Duration.ofMillis(50), Duration.ofMillis(5));
  }

  private static DataStream<Reading> readings(StreamExecutionEnvironment environment) {
    return environment.fromSource(
        new DataGeneratorSource<>(
            OnlineLearningTest::reading,
            RECORDS,
            RateLimiterStrategy.perCheckpoint(500),
            TypeInformation.of(Reading.class)),
        WatermarkStrategy.noWatermarks(),
        "readings");
  }

  private static Reading reading(long n) {
    Reading reading = new Reading();
    reading.id = "r" + n;
    reading.place = "p" + n % 3;
    reading.load = n * 7919 % 1000 / 10.0;
    reading.mode = Reading.Mode.values()[(int) (n % 2)];
    reading.open = reading.load > 50;
    reading.people = n % 100 == 50 ? null : 1;
    return reading;
  }

  private static Reading failOnce(String failure, Reading reading) {
    if (!failure.isEmpty() && reading.id.equals("r2500") && FAILED.add(failure)) {
      throw new IllegalStateException("a failure on purpose");
    }
    return reading;
  }

  private static StreamExecutionEnvironment environment(boolean objectReuse) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration()
                .set(PipelineOptions.OBJECT_REUSE, objectReuse)
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1)
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO));
    environment.setParallelism(2);
    environment.enableCheckpointing(50);
    return environment;
  }

  private static <T> List<T> drain(Iterator<T> iterator) {
    List<T> all = new ArrayList<>();
    iterator.forEachRemaining(all::add);
    return all;
  }
}
