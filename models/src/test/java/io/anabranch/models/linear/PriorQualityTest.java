package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Categorical;
import io.anabranch.models.feature.FeatureSpec.Numeric;
import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The late flights of the examples, with a model per aircraft: those seen first after 10,000
 * flights start from what all flights taught until then, or from nothing. The table in {@code
 * docs/learners.md} is what this prints.
 */
class PriorQualityTest {
  private static final Path FLIGHTS = Path.of("../examples/data/hflights-2011.csv.gz");
  private static final int LEARNED_BEFORE = 10_000;
  private static final int[] AGES = {1, 2, 5, 10, 20, 50, 200};
  private static final LogisticRegressionProvider PROVIDER = new LogisticRegressionProvider();
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Target.binary("1"), Dataset.BITS, Map.of(), 1);

  @Test
  void aNewAircraftPredictsBetterFromTheModelOfAllThanFromNothing() throws IOException {
    List<Example> flights = flights();
    List<String> aircraft = aircraft();
    assertThat(aircraft).hasSameSizeAs(flights);
    Learner all = PROVIDER.create(SETTINGS);
    Map<String, Learner> cold = new HashMap<>();
    Map<String, Learner> prior = new HashMap<>();
    Losses coldLosses = new Losses();
    Losses priorLosses = new Losses();
    Losses allLosses = new Losses();
    for (int i = 0; i < flights.size(); i++) {
      Example flight = flights.get(i);
      String key = aircraft.get(i);
      Supplier<Learner> start = () -> PROVIDER.startFrom(all, SETTINGS).orElseThrow();
      if (i < LEARNED_BEFORE) {
        cold.putIfAbsent(key, PROVIDER.create(SETTINGS));
      } else if (prior.containsKey(key) || !cold.containsKey(key)) {
        Learner own = prior.computeIfAbsent(key, fresh -> start.get());
        int age = age(own);
        allLosses.add(age, all, flight);
        priorLosses.add(age, own, flight);
        own.learn(flight);
        Learner alone = cold.computeIfAbsent(key, fresh -> PROVIDER.create(SETTINGS));
        coldLosses.add(age, alone, flight);
        alone.learn(flight);
      }
      all.learn(flight);
    }
    for (int age = 0; age < AGES.length; age++) {
      System.out.printf(
          "to flight %d: %d predictions, cold %.4f, prior %.4f, all %.4f%n",
          AGES[age],
          coldLosses.count[age],
          coldLosses.mean(age),
          priorLosses.mean(age),
          allLosses.mean(age));
      assertThat(priorLosses.mean(age)).isLessThan(coldLosses.mean(age));
    }
    System.out.printf(
        "%d aircraft, %d flights: cold %.4f, prior %.4f, all %.4f%n",
        prior.size(),
        Arrays.stream(coldLosses.count).sum(),
        coldLosses.mean(),
        priorLosses.mean(),
        allLosses.mean());
    assertThat(priorLosses.mean(0)).isCloseTo(allLosses.mean(0), within(1e-6));
    assertThat(priorLosses.mean()).isLessThan(0.95 * coldLosses.mean());
  }

  private static int age(Learner own) {
    int age = 0;
    while (own.examples() >= AGES[age]) {
      age++;
    }
    return age;
  }

  private static final class Losses {
    final double[] sum = new double[AGES.length];
    final int[] count = new int[AGES.length];
    private final Prediction prediction = new Prediction();

    void add(int age, Learner learner, Example flight) {
      learner.predict(flight, prediction);
      double right = flight.target() == 1 ? prediction.probability() : 1 - prediction.probability();
      sum[age] -= Math.log(Math.max(1e-15, right));
      count[age]++;
    }

    double mean(int age) {
      return sum[age] / count[age];
    }

    double mean() {
      return Arrays.stream(sum).sum() / Arrays.stream(count).sum();
    }
  }

  private static List<Example> flights() throws IOException {
    List<FeatureSpec.Feature> features = new ArrayList<>();
    for (String field :
        List.of(
            "Month",
            "DayofMonth",
            "DayOfWeek",
            "UniqueCarrier",
            "FlightNum",
            "TailNum",
            "Origin",
            "Dest")) {
      features.add(new Categorical(field, Dataset.BITS));
    }
    features.add(new Numeric("Distance", Scale.STANDARD));
    List<Example> flights =
        Dataset.csv(
            Dataset.open(FLIGHTS),
            "Delayed",
            TargetType.MULTICLASS,
            new FeatureSpec.Listed(features));
    flights.removeIf(flight -> flight.label().isEmpty());
    flights.forEach(flight -> flight.label(flight.label(), flight.label().equals("1") ? 1 : 0));
    return flights;
  }

  /** The tail number of each flight that has a label. */
  private static List<String> aircraft() throws IOException {
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(FLIGHTS)), StandardCharsets.UTF_8));
        Stream<String> lines = in.lines()) {
      return lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .filter(cells -> !cells[10].isEmpty())
          .map(cells -> cells[6])
          .toList();
    }
  }
}
