package io.anabranch.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "accuracy, 0.61234, 0.6123",
    "kappa, -0.0000439, 0.0000",
    "kappa, -0.0000539, -0.0001",
    "holdoutKappa, 0.0000539, 0.0001",
    "r2, -1234.5, -1234.5",
    "r2, -1e9, -1.00e+09",
    "logLoss, 0.0000539, 5.39e-05",
    "mae, 0.0000539, 5.39e-05",
    "mae, 123.456, 123.5",
    "rmse, 12345678, 1.23e+07",
    "mae, 0, 0.0000",
  })
  void figuresOnAScaleHaveFourDecimalsAndOthersTheDigitsThatTheyNeed(
      String name, double value, String text) {
    assertThat(Figures.figure(name, Optional.of(value))).isEqualTo(text);
  }
}
