package io.anabranch.models.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Learners on SEA concepts (Street and Kim 2001, "A streaming ensemble algorithm (SEA) for
 * large-scale classification"): three numbers of 0 to 10, of which two decide by whether their sum
 * exceeds a threshold; a tenth of the labels is wrong; after each 12,500 the threshold is another,
 * here further off than theirs, which a tree has learned before anybody noticed.
 */
class SeaConceptsTest {
  private static final double[] THRESHOLDS = {6, 11, 6, 11};
  private static final int CONCEPT = 12_500;
  private static final double NOISE = 0.1;
  private static final Target TARGET = Target.binary("1");

  @Test
  void adwinFindsEachChangeOfTheConceptInTheErrorsOfATree() {
    for (long seed = 0; seed < 5; seed++) {
      List<Integer> drifts = drifts("hoeffding-tree", DriftDetection.ADWIN, seed, THRESHOLDS);

      for (int concept = 1; concept < THRESHOLDS.length; concept++) {
        int changed = concept * CONCEPT;
        assertThat(drifts)
            .as("seed %d, change at %d", seed, changed)
            .anyMatch(at -> at >= changed && at < changed + 500);
      }
    }
  }

  @Test
  void whereTheConceptStaysNoDriftIsFound() {
    for (long seed = 0; seed < 5; seed++) {
      assertThat(drifts("naive-bayes", DriftDetection.ADWIN, seed, 8, 8, 8, 8)).isEmpty();
      assertThat(drifts("logistic-regression", DriftDetection.ADWIN, seed, 8, 8, 8, 8)).isEmpty();
      assertThat(drifts("naive-bayes", DriftDetection.PAGE_HINKLEY, seed, 8, 8, 8, 8)).isEmpty();
    }
  }

  private static List<Integer> drifts(
      String learner, DriftDetection detection, long seed, double... thresholds) {
    Learner model =
        new LearnerRegistry(SeaConceptsTest.class.getClassLoader())
            .find(learner)
            .orElseThrow()
            .create(new LearnerSettings(TARGET, LearnerSettings.DEFAULT_HASH_BITS, Map.of(), seed));
    DriftMonitor monitor = new DriftMonitor(detection, TARGET);
    Random random = new Random(seed);
    Example example = new Example();
    Prediction prediction = new Prediction();
    List<Integer> drifts = new ArrayList<>();
    for (int row = 0; row < thresholds.length * CONCEPT; row++) {
      fill(example, thresholds[row / CONCEPT], random);
      model.predict(example, prediction);
      if (monitor.score(prediction, example)) {
        drifts.add(row);
      }
      model.learn(example);
    }
    return drifts;
  }

  private static void fill(Example example, double threshold, Random random) {
    example.clear();
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      float value = 10 * random.nextFloat();
      sum += i < 2 ? value : 0;
      example.features().addNumeric((1 << LearnerSettings.DEFAULT_HASH_BITS) + i, value);
    }
    boolean positive = sum <= threshold ^ random.nextDouble() < NOISE;
    example.label(positive ? "1" : "0", positive ? 1 : 0);
  }
}
