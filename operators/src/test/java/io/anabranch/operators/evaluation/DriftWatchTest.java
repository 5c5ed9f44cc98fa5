package io.anabranch.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.junit.jupiter.api.Test;

/** What a watch takes up from state of the errors of numbers. */
class DriftWatchTest {
  private static final Target NUMERIC = Target.numeric();

  @Test
  void aRestoredWatchKnowsTheErrorsThatItsScaleIsFoundFrom() throws Exception {
    try (OperatorStateBackend store = store()) {
      DriftWatch before = DriftWatch.of(DriftDetection.ADWIN, NUMERIC, store);
      errors(before, 98, 1); // one too few for the scale
      before.snapshot();
      DriftWatch restored = DriftWatch.of(DriftDetection.ADWIN, NUMERIC, store);
      // On a scale of ones, hundreds are as wrong as can be: thousands are not worse. On a scale of
      // hundreds they are.
      for (DriftWatch watch : List.of(before, restored)) {
        errors(watch, 500, 100);
        errors(watch, 500, 10_000);
        assertThat(watch.takeDrifts()).isZero();
      }
      DriftWatch fresh = DriftWatch.of(DriftDetection.ADWIN, NUMERIC);
      errors(fresh, 500, 100);
      errors(fresh, 500, 10_000);
      assertThat(fresh.takeDrifts()).isPositive();
    }
  }

  private static OperatorStateBackend store() throws Exception {
    return new DefaultOperatorStateBackendBuilder(
            DriftWatchTest.class.getClassLoader(),
            new ExecutionConfig(),
            false,
            List.of(),
            new CloseableRegistry())
        .build();
  }

  private static void errors(DriftWatch watch, int count, double error) {
    Example example = new Example();
    example.clear();
    example.label("0", 0);
    Prediction prediction = new Prediction();
    prediction.numeric(error);
    for (int i = 0; i < count; i++) {
      watch.score(prediction, example);
    }
  }
}
