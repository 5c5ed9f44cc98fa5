package io.anabranch.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  @ParameterizedTest
  @CsvSource({"0,0", "-0,-0", "+5,5", "1.50,1.50", "1e5,1e5", "-2E-3,-2E-3", "+1.5e+2,1.5e+2"})
  void jsonGrammarWithALeadingPlusIsANumber(String cell, String number) {
    assertThat(NumberText.json(cell)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN", "Infinity", "-Infinity", "0x1", "0123", "1e400", "-1e400", "1.", ".5", "1e", "1e+",
        "--1", "+-1", "++1", "+", "-", " 1", "1 ", "1,5", "1f", "1d", "١"
      })
  void allElseIsText(String cell) {
    assertThat(NumberText.json(cell)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({".5,0.5", "-.5,-0.5", "5.,5.0", "+.25,0.25", "1e-05,1e-05"})
  void libsvmMayLeaveOutTheZero(String cell, String number) {
    assertThat(NumberText.lenient(cell)).hasValue(number);
  }

  @Property(seed = "1")
  void everyFiniteDoubleKeepsItsText(@ForAll double value) {
    String text = Double.toString(value);

    assertThat(NumberText.json(text).isPresent()).isEqualTo(Double.isFinite(value));
  }
}
