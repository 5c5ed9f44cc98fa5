package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Auto;
import io.anabranch.models.feature.FeatureSpec.Categorical;
import io.anabranch.models.feature.FeatureSpec.Listed;
import io.anabranch.models.feature.FeatureSpec.Numeric;
import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.PrequentialSketch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults on real data, in file order unless said, and agreement with published fits. */
class NumericAndMulticlassQualityTest {

  // National Institute of Standards and Technology, Statistical Reference Datasets, "Norris":
  // y, x of a calibration of ozone monitors, and the certified least-squares fit.
  private static final double[] NORRIS = {
    0.1, 0.2, 338.8, 337.4, 118.1, 118.2, 888.0, 884.6, 9.2, 10.1, 228.1, 226.5, 668.5, 666.3,
    998.5, 996.3, 449.1, 448.6, 778.9, 777.0, 559.2, 558.2, 0.3, 0.4, 0.1, 0.6, 778.1, 775.5,
    668.8, 666.9, 339.3, 338.0, 448.9, 447.5, 10.8, 11.6, 557.7, 556.0, 228.3, 228.1, 998.0, 995.8,
    888.8, 887.6, 119.6, 120.2, 0.3, 0.3, 0.6, 0.3, 557.6, 556.8, 339.3, 339.1, 888.0, 887.2,
    998.5, 999.0, 778.9, 779.0, 10.2, 11.1, 117.6, 118.3, 228.9, 229.2, 668.4, 669.1, 449.2, 448.9,
    0.2, 0.5
  };
  private static final double NORRIS_INTERCEPT = -0.262323073774029;
  private static final double NORRIS_SLOPE = 1.00211681802045;
  // Of the residuals.
  private static final double NORRIS_DEVIATION = 0.884796396144373;

  /** The log-likelihood of R's {@code nnet::multinom(Species ~ ., iris)}, negated. */
  private static final double MULTINOM_IRIS = 5.949867;

  @Test
  void theMeanModelOfManyPassesIsTheCertifiedFitOfNorris() {
    LinearRegression model = new LinearRegression(Dataset.BITS, LinearRegression.Hyper.DEFAULT);
    int passes = 2_000;
    double[] sums = new double[2];
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < NORRIS.length; i += 2) {
        model.learn(point(NORRIS[i + 1], NORRIS[i]));
        if (pass >= passes / 2) {
          sums[0] += value(model, point(0, 0));
          sums[1] += value(model, point(1_000, 0));
        }
      }
    }
    // Steps that follow a stream never come to rest, so it is their mean that can be compared.
    double steps = passes / 2.0 * NORRIS.length / 2;
    assertThat(sums[0] / steps).isCloseTo(NORRIS_INTERCEPT, within(NORRIS_DEVIATION / 2));
    assertThat(sums[1] / steps)
        .isCloseTo(NORRIS_INTERCEPT + 1_000 * NORRIS_SLOPE, within(NORRIS_DEVIATION / 2));
  }

  @Test
  void manyPassesOverIrisComeCloseToTheGreatestLikelihood() throws IOException {
    List<Example> iris = iris();
    SoftmaxRegression model = new SoftmaxRegression(settings(Target.multiclass()));
    for (int pass = 0; pass < 4_000; pass++) {
      iris.forEach(model::learn);
    }
    double loss = 0;
    Prediction prediction = new Prediction();
    for (Example example : iris) {
      model.predict(example, prediction);
      loss -= Math.log(prediction.classProbability(Integer.parseInt(example.label())));
    }
    assertThat(loss).isBetween(MULTINOM_IRIS, MULTINOM_IRIS + 1.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void irisShuffled(long seed) throws IOException {
    List<Example> shuffled = new ArrayList<>(iris());
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(multiclass(shuffled).get("accuracy")).isGreaterThanOrEqualTo(0.88);
  }

  @Test
  void bikeSharingBeatsForestsOfTrees() throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(getClass().getResourceAsStream("/data/bike_sharing.csv.gz")))) {
      SortedMap<String, Double> figures =
          numeric(Dataset.csv(in, "cnt", TargetType.NUMERIC, bikeFeatures()));
      // MOA's ARF-Reg of ten trees: 0.72; no-change: 0.688.
      assertThat(figures.get("r2")).isGreaterThan(0.75);
      assertThat(figures.get("mae")).isLessThan(64);
    }
  }

  // The peers' R² are MOA's ARF-Reg, AMRules and FIMT-DD, whichever is best.
  @ParameterizedTest
  @CsvSource({
    "california_housing/california_housing.csv.gz, medianHouseValue, 0.77", // 0.72
    "abalone/abalone.csv, rings, 0.62", // 0.58
    "trump_approval/trump_approval.csv, five_thirty_eight, 0.29", // 0.09
    "fried/fried.csv.gz, target, 0.70", // 0.75
    "chick_weights/chick_weights.csv, weight, 0.74"
  })
  void numericTargets(String file, String target, double least) throws IOException {
    try (InputStream in = Dataset.open(data(file))) {
      SortedMap<String, Double> figures =
          numeric(Dataset.csv(in, target, TargetType.NUMERIC, new Auto(Set.of(target))));
      assertThat(figures.get("r2")).isGreaterThan(least);
    }
  }

  // The peers' accuracies are MOA's naive Bayes and ARF of ten trees, whichever is better.
  @ParameterizedTest
  @CsvSource({
    "tiny_classics/digits.csv, class, 0.93", // 0.844
    "image_segments/image_segments.csv, category, 0.89", // 0.791
    "mlbench_multiclass/letterrecognition.csv, class, 0.72" // 0.627
  })
  void classes(String file, String target, double least) throws IOException {
    try (InputStream in = Dataset.open(data(file))) {
      List<Example> examples =
          Dataset.csv(in, target, TargetType.MULTICLASS, new Auto(Set.of(target)));
      assertThat(multiclass(examples).get("accuracy")).isGreaterThan(least);
    }
  }

  private static FeatureSpec bikeFeatures() {
    Stream<FeatureSpec.Feature> categories =
        Stream.of("hr", "weekday", "mnth", "season", "weathersit")
            .map(field -> new Categorical(field, Dataset.BITS));
    Stream<FeatureSpec.Feature> numbers =
        Stream.of("yr", "holiday", "workingday", "temp", "atemp", "hum", "windspeed")
            .map(field -> new Numeric(field, Scale.STANDARD));
    return new Listed(Stream.concat(categories, numbers).toList());
  }

  private static SortedMap<String, Double> numeric(List<Example> examples) {
    return figures(
        new LinearRegression(Dataset.BITS, LinearRegression.Hyper.DEFAULT),
        Target.numeric(),
        examples);
  }

  private static SortedMap<String, Double> multiclass(List<Example> examples) {
    return figures(
        new SoftmaxRegression(settings(Target.multiclass())), Target.multiclass(), examples);
  }

  private static SortedMap<String, Double> figures(
      Learner learner, Target target, List<Example> examples) {
    PrequentialSketch sketch = new PrequentialSketch(target);
    Prediction prediction = new Prediction();
    for (Example example : examples) {
      learner.predict(example, prediction);
      sketch.score(prediction, example);
      learner.learn(example);
    }
    return sketch.figures();
  }

  private static LearnerSettings settings(Target target) {
    return new LearnerSettings(target, Dataset.BITS, Map.of(), 1);
  }

  private static List<Example> iris() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            NumericAndMulticlassQualityTest.class.getResourceAsStream("/data/iris.csv"))) {
      return Dataset.csv(in, "class", TargetType.MULTICLASS, new Auto(Set.of("class")));
    }
  }

  private static double value(Learner model, Example example) {
    Prediction prediction = new Prediction();
    model.predict(example, prediction);
    return prediction.value();
  }

  private static Example point(double x, double y) {
    Example example = new Example();
    example.clear();
    example.features().addNumeric((1 << Dataset.BITS) + 1, (float) x);
    example.label(Double.toString(y), y);
    return example;
  }

  private static Path data(String path) {
    Optional<String> folder = Optional.ofNullable(System.getenv("ANABRANCH_DATA"));
    assumeTrue(
        folder.isPresent(),
        "set ANABRANCH_DATA to a folder with " + path + ": it is not part of this tree");
    return Path.of(folder.orElseThrow()).resolve(path);
  }
}
