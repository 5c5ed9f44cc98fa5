package io.anabranch.models.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What all detectors have in common, and how soon and how wrongly each one gives alarm. */
class DriftDetectorTest {
  private static final int STREAMS = 50;
  private static final int BEFORE = 5_000;

  @ParameterizedTest
  @CsvSource({
    "ADWIN, 0.1, 0.3, 300",
    "ADWIN, 0.3, 0.5, 400",
    "ADWIN, 0.05, 0.1, 2200",
    "DDM, 0.02, 0.06, 4100",
    "PAGE_HINKLEY, 0.1, 0.3, 500",
    "PAGE_HINKLEY, 0.3, 0.5, 500",
    "PAGE_HINKLEY, 0.1, 0.2, 1200"
  })
  void anAbruptDriftIsFoundWithinSoManyErrors(
      DriftDetection detection, double from, double to, int within) {
    for (int seed = 0; seed < STREAMS; seed++) {
      Errors errors = new Errors(detection.fresh(), seed).of(from, BEFORE).of(to, within);

      assertThat(errors.rises()).as("seed " + seed).anyMatch(at -> at >= BEFORE);
    }
  }

  @ParameterizedTest
  @EnumSource(value = DriftDetection.class, mode = Mode.EXCLUDE, names = "NONE")
  void aGradualDriftIsFoundBeforeItIsOver(DriftDetection detection) {
    for (int seed = 0; seed < STREAMS; seed++) {
      Errors errors = new Errors(detection.fresh(), seed).of(0.1, BEFORE).gliding(0.1, 0.4, 4_000);

      assertThat(errors.rises()).as("seed " + seed).anyMatch(at -> at >= BEFORE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ADWIN, 0.01, 0",
    "ADWIN, 0.1, 0",
    "ADWIN, 0.3, 0",
    "ADWIN, 0.5, 0",
    "DDM, 0.01, 80",
    "DDM, 0.1, 50",
    "DDM, 0.3, 15",
    "DDM, 0.5, 10",
    "PAGE_HINKLEY, 0.01, 0",
    "PAGE_HINKLEY, 0.1, 0",
    "PAGE_HINKLEY, 0.3, 0",
    "PAGE_HINKLEY, 0.5, 1"
  })
  void ofAMillionErrorsOfOneMeanThereAreAtMostSoManyFalseAlarms(
      DriftDetection detection, double share, int most) {
    int alarms = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      alarms += new Errors(detection.fresh(), seed).of(share, 20_000).rises().size();
    }

    assertThat(alarms).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @EnumSource(value = DriftDetection.class, mode = Mode.EXCLUDE, names = "NONE")
  void errorsThatBecomeFewerAreNoDrift(DriftDetection detection) {
    for (int seed = 0; seed < STREAMS; seed++) {
      Errors errors = new Errors(detection.fresh(), seed).of(0.5, BEFORE).of(0.1, BEFORE);

      assertThat(errors.rises()).as("seed " + seed).noneMatch(at -> at >= BEFORE);
    }
  }

  @ParameterizedTest
  @EnumSource(value = DriftDetection.class, mode = Mode.EXCLUDE, names = "NONE")
  void aDetectorThatWasWrittenAndReadGoesOnAsIfNothingHadHappened(DriftDetection detection) {
    DriftDetector uninterrupted = detection.fresh();
    DriftDetector interrupted = detection.fresh();
    for (int i = 0; i < 8_000; i++) {
      double error = (i * 2_654_435_761L >>> 7) % 100 < (i < 5_000 ? 10 : 30) ? 1 : 0;
      if (i % 701 == 0) {
        interrupted = copy(interrupted, detection);
      }

      assertThat(interrupted.add(error)).isEqualTo(uninterrupted.add(error));
      assertThat(interrupted.mean()).isEqualTo(uninterrupted.mean());
      assertThat(interrupted.width()).isEqualTo(uninterrupted.width());
    }
  }

  private static DriftDetector copy(DriftDetector detector, DriftDetection detection) {
    ModelReader in = ModelReader.open(written(detector), "test", 1);
    DriftDetector copy = detection.fresh();
    copy.read(in);
    in.end();
    return copy;
  }

  /** MOA 2024.07 (ADWINChangeDetector, δ = 0.002) finds these in the same errors. */
  @Test
  void adwinFindsDriftsWhereMoaDoes() {
    assertThat(steps(new Adwin(), 0.1, 0.3)).containsExactly(5087, 5119, 5151, 5183, 5247);
    assertThat(steps(new Adwin(), 0.2, 0.6, 0.1, 0.4))
        .containsExactly(5055, 5087, 5151, 5183, 15071, 15103, 15135, 15167, 15231);
    assertThat(steps(new Adwin(), 0.05, 0.1)).containsExactly(5823, 5855, 5887, 5951, 6975);
    assertThat(steps(new Adwin(), 0.02, 0.06)).containsExactly(5375, 5887, 5951, 6495);
  }

  /** MOA 2024.07 (DDM) finds these in the same errors. */
  @Test
  void ddmFindsDriftsWhereMoaDoes() {
    assertThat(steps(new Ddm(), 0.1, 0.3)).containsExactly(196, 265, 320, 5162);
    assertThat(steps(new Ddm(), 0.2, 0.6, 0.1, 0.4)).containsExactly(5388, 16883);
  }

  /** Page 1954: the sum of what is above the mean, less the least that this sum ever was. */
  @Test
  void pageHinkleyFindsDriftsWhereTheSumHasRisenByMoreThanTheThresholdAboveItsLeast() {
    Random random = new Random(7);
    double total = 0;
    double sum = 0;
    double least = 0;
    int first = 0;
    for (int n = 1; first == 0; n++) {
      double error = random.nextDouble() < (n <= BEFORE ? 0.1 : 0.3) ? 1 : 0;
      total += error;
      sum += error - total / n - 0.02;
      least = Math.min(least, sum);
      first = sum - least > 50 ? n : 0;
    }

    assertThat(first).isGreaterThan(BEFORE);
    assertThat(steps(new PageHinkley(), 0.1, 0.3)).startsWith(first - 1);
  }

  private static List<Integer> steps(DriftDetector detector, double... shares) {
    Errors errors = new Errors(detector, 7);
    for (double share : shares) {
      errors.of(share, BEFORE);
    }
    return errors.rises();
  }

  /** States that an earlier build wrote, after 300 errors. */
  @ParameterizedTest
  @EnumSource(value = DriftDetection.class, mode = Mode.EXCLUDE, names = "NONE")
  void aStoredStateIsGoneOnFrom(DriftDetection detection) throws IOException {
    DriftDetector uninterrupted = detection.fresh();
    new Errors(uninterrupted, 1).of(0.2, 300);
    ModelReader in = ModelReader.open(golden("drift-" + detection.text() + "-v1.bin"), "test", 1);
    DriftDetector stored = detection.fresh();
    stored.read(in);
    in.end();

    assertThat(written(stored)).isEqualTo(written(uninterrupted));
    assertThat(new Errors(stored, 2).of(0.7, 500).rises())
        .isNotEmpty()
        .isEqualTo(new Errors(uninterrupted, 2).of(0.7, 500).rises());
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = DriftDetectorTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static byte[] written(DriftDetector detector) {
    ModelWriter out = new ModelWriter("test", 1);
    detector.write(out);
    return out.finish();
  }
}
