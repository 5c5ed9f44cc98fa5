package io.anabranch.models.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class DriftMonitorTest {
  private static final Target BINARY = Target.binary("1");

  private final Prediction prediction = new Prediction();
  private final Example example = new Example();

  @Test
  void usageExample() {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.ADWIN, BINARY);
    int drifts = 0;
    for (int i = 0; i < 2_000; i++) {
      prediction.binary(0.9);
      boolean positive = i < 1_000; // then all of them are wrong
      example.clear();
      example.label(positive ? "1" : "0", positive ? 1 : 0);
      drifts += monitor.score(prediction, example) ? 1 : 0;
    }

    assertThat(drifts).isPositive();
    assertThat(monitor.mean()).isEqualTo(1);
    assertThat(monitor.width()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void aWrongClassIsAnErrorOfOne() {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.ADWIN, Target.multiclass());
    for (String label : List.of("a", "a", "b", "c")) {
      prediction.multiclass("a");
      example.clear();
      example.label(label, 0);
      monitor.score(prediction, example);
    }

    assertThat(monitor.mean()).isEqualTo(0.5);
    assertThat(monitor.width()).isEqualTo(4);
  }

  @Test
  void whatHasNoLabelOrIsOfAnotherKindDoesNotCount() {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.DDM, BINARY);
    example.clear();
    prediction.binary(0.5);
    monitor.score(prediction, example);
    example.label("1", 1);
    prediction.numeric(3);
    monitor.score(prediction, example);

    assertThat(monitor.width()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1, 1e9})
  void errorsOfNumbersAreTakenRelativeToThoseOfBeforeSoTheirUnitDoesNotMatter(double unit) {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.ADWIN, Target.numeric());

    assertThat(numbers(monitor, unit, 1, 5_000)).isZero();
    assertThat(monitor.mean()).isBetween(0.4, 0.6); // most are near the median, which gives 1/2
    assertThat(numbers(monitor, unit, 3, 600)).isEqualTo(1);
    assertThat(numbers(monitor, unit, 3, 5_000)).isZero(); // the scale is a new one
  }

  @Test
  void numbersThatAreLearnedAreNoDrift() {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.ADWIN, Target.numeric());
    int drifts = 0;
    for (int i = 1; i <= 100; i++) {
      drifts += numbers(monitor, 1, 1_000.0 / i, 200);
    }

    assertThat(drifts).isZero();
  }

  /** Feeds errors of a normal distribution of this deviation, and counts the drifts. */
  private int numbers(DriftMonitor monitor, double unit, double deviation, int count) {
    Random random = new Random(11);
    int drifts = 0;
    for (int i = 0; i < count; i++) {
      drifts += number(monitor, unit * deviation * random.nextGaussian()) ? 1 : 0;
    }
    return drifts;
  }

  private boolean number(DriftMonitor monitor, double error) {
    example.clear();
    example.label("0", 0);
    prediction.numeric(error);
    return monitor.score(prediction, example);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
  void aPredictionThatIsNoNumberIsAsWrongAsCanBe(double value) {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.ADWIN, Target.numeric());
    numbers(monitor, 1, 1, 99);
    number(monitor, value);

    assertThat(monitor.mean()).isEqualTo(1);
  }

  @Test
  void aLearnerThatIsNeverWrongHasNoErrorOnAnyScale() {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.PAGE_HINKLEY, Target.numeric());
    numbers(monitor, 0, 0, 500);

    assertThat(monitor.mean()).isZero();
    assertThat(monitor.width()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(
      value = DriftDetection.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "DDM"})
  void aMonitorThatWasWrittenAndReadGoesOnAsIfNothingHadHappened(DriftDetection detection)
      throws Exception {
    DriftMonitor uninterrupted = new DriftMonitor(detection, Target.numeric());
    DriftMonitor interrupted = new DriftMonitor(detection, Target.numeric());
    int drifts = 0;
    Random random = new Random(5);
    for (int i = 0; i < 6_000; i++) {
      double error = random.nextGaussian() * (i < 3_000 ? 1 : 4);
      if (i % 50 == 0) {
        interrupted =
            DriftMonitor.read(interrupted.write(), detection, Target.numeric()).orElseThrow();
      }
      boolean drift = number(uninterrupted, error);
      drifts += drift ? 1 : 0;

      assertThat(number(interrupted, error)).isEqualTo(drift);
      assertThat(interrupted.mean()).isEqualTo(uninterrupted.mean());
    }
    assertThat(drifts).isPositive();
  }

  @Test
  void tenMillionErrorsTakeLessThanThreeKilobytes() {
    DriftMonitor monitor = new DriftMonitor(DriftDetection.ADWIN, BINARY);
    prediction.binary(0.9);
    for (int i = 0; i < 10_000_000; i++) {
      example.clear();
      example.label(i % 10 == 0 ? "0" : "1", i % 10 == 0 ? 0 : 1);
      monitor.score(prediction, example);
    }

    assertThat(monitor.width()).isEqualTo(10_000_000);
    assertThat(monitor.write()).hasSizeLessThan(3_000);
  }

  @Test
  void theStateOfAnotherDetectorIsNotTakenUp() {
    byte[] adwin = new DriftMonitor(DriftDetection.ADWIN, BINARY).write();

    assertThat(DriftMonitor.read(adwin, DriftDetection.DDM, BINARY)).isEmpty();
  }

  @Test
  void damagedStateIsRefused() {
    byte[] bytes = new DriftMonitor(DriftDetection.DDM, BINARY).write();
    bytes[30] ^= 1;

    assertThatThrownBy(() -> DriftMonitor.read(bytes, DriftDetection.DDM, BINARY))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("the model is damaged");
  }

  @Test
  void rowsOfBucketsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> DriftMonitor.read(adwin(6), DriftDetection.ADWIN, BINARY))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("the buckets of row 0 of an adwin must be between 0 and 5, got 6");
    assertThatThrownBy(() -> DriftMonitor.read(adwin(), DriftDetection.ADWIN, BINARY))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("the rows of an adwin must be between 1 and 40, got 0");
  }

  private static byte[] adwin(int... counts) {
    ModelWriter out = new ModelWriter("drift-adwin", 1);
    out.writeDouble(0);
    out.writeDoubles(new double[0], 0, 0);
    out.writeInt(0);
    out.writeDouble(0);
    out.writeDouble(0);
    out.writeInts(counts, 0, counts.length);
    return out.finish();
  }

  @Test
  void aDetectorThatCannotWatchTheTargetSaysWhy() {
    assertThat(DriftDetection.DDM.refusal(TargetType.NUMERIC))
        .hasValue(
            "ddm counts wrong classes, so target.type must be binary or multiclass, got numeric");
    assertThat(DriftDetection.ADWIN.refusal(TargetType.NONE))
        .hasValue("adwin watches errors, so target.type must not be none, got none");
    assertThatThrownBy(() -> new DriftMonitor(DriftDetection.DDM, Target.numeric()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "drift detector ddm counts wrong classes, so target.type must be binary or multiclass,"
                + " got numeric");
  }
}
