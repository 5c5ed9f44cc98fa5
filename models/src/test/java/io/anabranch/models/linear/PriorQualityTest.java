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
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The late flights of the examples, with a model per aircraft: those seen first after 10,000
 * flights start from what all flights taught until then, or from nothing. {@code docs/learners.md}
 * has the table.
 */
class PriorQualityTest {
  private static final Path FLIGHTS = Path.of("../examples/data/hflights-2011.csv.gz");
  private static final int LEARNED_BEFORE = 10_000;
  private static final int[] AGES = {1, 2, 5, 10, 20, 50, 200};
  private static final LogisticRegressionProvider PROVIDER = new LogisticRegressionProvider();
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Target.binary("1"), Dataset.BITS, Map.of(), 1);

  /** Flights, and log loss from nothing, with the prior, and of the shared model. */
  private static final String TABLE =
      """
      to flight 1: 977 0.6931 0.6345 0.6345
      to flight 2: 673 0.7193 0.6676 0.6236
      to flight 5: 1166 0.7306 0.6877 0.6288
      to flight 10: 888 0.7500 0.7083 0.6608
      to flight 20: 784 0.7620 0.6905 0.6305
      to flight 50: 532 0.7361 0.6812 0.6359
      to flight 200: 194 0.7253 0.7114 0.6236
      all: 5214 0.7305 0.6793 0.6354""";

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
    assertThat(prior).hasSize(977);
    for (int age = 0; age < AGES.length; age++) {
      assertThat(priorLosses.mean(age)).isLessThan(coldLosses.mean(age));
    }
    assertThat(priorLosses.mean(0)).isCloseTo(allLosses.mean(0), within(1e-6));
    assertThat(table(coldLosses, priorLosses, allLosses)).isEqualTo(TABLE);
  }

  /** The rows of the table. */
  private static String table(Losses... losses) {
    StringBuilder table = new StringBuilder();
    for (int age = 0; age < AGES.length; age++) {
      table.append("to flight %d: %d".formatted(AGES[age], losses[0].count[age]));
      for (Losses of : losses) {
        table.append(String.format(Locale.ROOT, " %.4f", of.mean(age)));
      }
      table.append('\n');
    }
    table.append("all: %d".formatted(Arrays.stream(losses[0].count).sum()));
    for (Losses of : losses) {
      table.append(String.format(Locale.ROOT, " %.4f", of.mean()));
    }
    return table.toString();
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
