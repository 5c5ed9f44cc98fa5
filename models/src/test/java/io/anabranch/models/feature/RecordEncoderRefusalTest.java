package io.anabranch.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec.Auto;
import io.anabranch.models.feature.FeatureSpec.Categorical;
import io.anabranch.models.feature.FeatureSpec.Listed;
import io.anabranch.models.feature.FeatureSpec.MapOfNumbers;
import io.anabranch.models.feature.FeatureSpec.Numeric;
import io.anabranch.models.feature.FeatureSpec.NumericVector;
import io.anabranch.models.feature.FeatureSpec.Scale;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordEncoderRefusalTest {
  private static final int BITS = 22;

  private final RecordEncoder listed =
      new RecordEncoder(
          new Listed(
              List.of(
                  new Numeric("demand", Scale.STANDARD),
                  new Numeric("raw", Scale.NONE),
                  new Categorical("day", BITS),
                  new MapOfNumbers("words", BITS),
                  new NumericVector("v", Scale.STANDARD))),
          BITS);

  @Test
  void whatDoesNotFitIsRefusedByName() {
    refused("demand", e -> e.text(e.field("demand"), "abc"), "a number", "the text \"abc\"");
    refused("demand", e -> e.bool(e.field("demand"), true), "a number", "the boolean true");
    refused("demand", e -> e.mapEntry(e.field("demand"), "a", 1), "a number", "an object");
    refused("demand", e -> e.vectorEntry(e.field("demand"), 0, 1), "a number", "an array");
    refused("words", e -> e.number(e.field("words"), 3), "an object of numbers", "the number 3");
    refused("v", e -> e.text(e.field("v"), "x"), "an array of numbers", "the text \"x\"");
    refused(
        "day", e -> e.vectorEntry(e.field("day"), 0, 1), "a text, boolean or number", "an array");
    refused(
        "demand",
        e -> e.text(e.field("demand"), "y".repeat(1_000)),
        "a number",
        "the text \"" + "y".repeat(40) + "…\" of 1000 characters");
    assertThat(listed.unfit(listed.field("v"), "a text in position 3"))
        .hasMessage("features: field 'v' must be an array of numbers, got a text in position 3");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void numbersMustBeFinite(double value) {
    for (String field : List.of("demand", "raw", "day")) {
      refused(field, e -> e.number(e.field(field), value), "finite", Double.toString(value));
    }
    refused("v", e -> e.vectorEntry(e.field("v"), 0, value), "finite", Double.toString(value));
    refused("words", e -> e.mapEntry(e.field("words"), "a", value), "finite", "" + value);
  }

  @Test
  void numbersBeyondTheRangeOfAFloatAreRefusedAndNotMadeInfinite() {
    refused(
        "demand", e -> e.number(e.field("demand"), 1e39), "finite as a 32-bit number", "1.0E39");
  }

  @Test
  void refusalsCarryNoStackTrace() {
    assertThat(listed.unfit(listed.field("v"), "an object").getStackTrace()).isEmpty();
  }

  @Test
  void aFieldMustBeListedOnce() {
    assertThatThrownBy(
            () ->
                new RecordEncoder(
                    new Listed(List.of(new MapOfNumbers("a", BITS), new Categorical("a", 22))),
                    BITS))
        .hasMessage("features: field 'a' must be listed once, got it twice");
    assertThatThrownBy(() -> new RecordEncoder(new Auto(Set.of()), 30))
        .hasMessage("hashBits must be between 1 and 28, got 30");
  }

  private void refused(String field, Consumer<RecordEncoder> calls, String rule, String found) {
    assertThatThrownBy(
            () -> {
              listed.begin(new FeatureVector());
              calls.accept(listed);
              listed.end();
            })
        .isInstanceOf(FeatureException.class)
        .hasMessage("features: field '" + field + "' must be " + rule + ", got " + found);
  }
}
