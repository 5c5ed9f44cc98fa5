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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordEncoderTest {
  private static final int BITS = 22;

  private final RecordEncoder auto = new RecordEncoder(new Auto(Set.of("label")), BITS);
  private final RecordEncoder listed =
      new RecordEncoder(
          new Listed(
              List.of(
                  new Numeric("demand", Scale.STANDARD),
                  new Numeric("raw", Scale.NONE),
                  new Categorical("day", BITS),
                  new Categorical("page", 3),
                  new MapOfNumbers("words", BITS),
                  new NumericVector("v", Scale.STANDARD),
                  new NumericVector("w", Scale.NONE))),
          BITS);

  @Test
  void usageExample() {
    FeatureVector features = new FeatureVector();
    auto.begin(features);
    auto.text(auto.field("carrier"), "AA");
    auto.number(auto.field("distance"), 224);
    auto.number(auto.field("label"), 1);
    auto.end();

    assertThat(features.size()).isEqualTo(2);
    assertThat(features.numericCount()).isEqualTo(1);
    assertThat(features.values()[0]).isEqualTo(224);
    assertThat(FeatureVector.isNumeric(features.coordinates()[0], BITS)).isTrue();
    assertThat(Math.abs(features.values()[1])).isEqualTo(1);
    assertThat(FeatureVector.isNumeric(features.coordinates()[1], BITS)).isFalse();
  }

  @Test
  void coordinatesStayWhatStoredModelsWereTrainedWith() {
    FeatureVector features = new FeatureVector();
    auto.begin(features);
    auto.number(auto.field("distance"), 224);
    auto.text(auto.field("carrier"), "AA");
    auto.text(auto.field("city"), "Zürich");
    auto.mapEntry(auto.field("words"), "spam", 2);
    auto.vectorEntry(auto.field("v"), 3, 0.5);
    auto.end();

    assertThat(describe(features))
        .containsExactly(
            "5643806:224.0", "4572357:0.5", "1878768:1.0", "2570332:-2.0", "3072735:1.0");
  }

  @Test
  void entriesOfAFieldShareAGroupThatTellsCategoriesFromNames() {
    FeatureVector features = new FeatureVector();
    listed.begin(features);
    listed.text(listed.field("day"), "Monday");
    listed.text(listed.field("page"), "/");
    listed.mapEntry(listed.field("words"), "spam", 2);
    listed.mapEntry(listed.field("words"), "ham", 1);
    listed.number(listed.field("raw"), 5);
    listed.number(listed.field("demand"), 0.5);
    listed.end();

    // The number that comes last moves to the front, and the category there to the end.
    int[] groups = features.groups();
    assertThat(groups[0]).isZero();
    assertThat(groups[1]).isNegative();
    assertThat(groups[2]).isEqualTo(groups[3]).isPositive();
    assertThat(groups[4]).isZero();
    assertThat(groups[5]).isNegative().isNotEqualTo(groups[1]);

    FeatureVector copy = new FeatureVector();
    copy.copyFrom(features);
    assertThat(copy.groups()).startsWith(Arrays.copyOf(groups, 6));
    listed.begin(copy);
    listed.text(listed.field("day"), "Tuesday");
    listed.end();
    assertThat(copy.groups()[0]).isEqualTo(groups[5]);
  }

  @Test
  void withoutGroupsNothingElseChanges() {
    RecordEncoder ungrouped = new RecordEncoder(new Auto(Set.of("label")), BITS, false);
    FeatureVector with = new FeatureVector();
    FeatureVector without = new FeatureVector();
    for (RecordEncoder encoder : List.of(auto, ungrouped)) {
      encoder.begin(encoder == auto ? with : without);
      encoder.text(encoder.field("day"), "Monday");
      encoder.mapEntry(encoder.field("words"), "spam", 2);
      encoder.end();
    }
    assertThat(describe(without)).isEqualTo(describe(with));
    assertThat(Arrays.copyOf(without.groups(), 2)).containsExactly(0, 0);
    assertThat(Arrays.copyOf(with.groups(), 2)).doesNotContain(0);
  }

  @Test
  void textIsTheSameAsCharactersAndAsSequence() {
    for (String text : List.of("", "a", "Zürich", "日本", "x".repeat(500))) {
      char[] buffer = ("<<" + text + ">>").toCharArray();
      FieldPlan day = listed.field("day");
      FieldPlan words = listed.field("words");
      String characters =
          encode(
              listed,
              e -> {
                e.text(day, buffer, 2, text.length());
                e.mapEntry(words, buffer, 2, text.length(), 3);
              });
      assertThat(characters)
          .isEqualTo(
              encode(
                  listed,
                  e -> {
                    e.text(day, text);
                    e.mapEntry(words, text, 3);
                  }))
          .isEqualTo(
              encode(
                  listed,
                  e -> {
                    e.text(day, new StringBuilder(text));
                    e.mapEntry(words, new StringBuilder(text), 3);
                  }));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-0.0, 0",
    "0, 0",
    "-17, -17",
    "9, 9",
    "10, 10",
    "1234567890123, 1234567890123",
    "9007199254740992, 9007199254740992",
    "1.5, 1.5",
    "-0.25, -0.25",
    "1e300, 1.0E300"
  })
  void aNumberInACategoricalFieldIsItsText(double number, String text) {
    FieldPlan day = listed.field("day");
    if (number < Float.MAX_VALUE) {
      assertThat(encode(listed, e -> e.number(day, number)))
          .isEqualTo(encode(listed, e -> e.text(day, text)));
    }
  }

  @Test
  void aBooleanIsItsText() {
    FieldPlan day = listed.field("day");
    assertThat(encode(listed, e -> e.bool(day, true)))
        .isEqualTo(encode(listed, e -> e.text(day, "true")));
  }

  @Test
  void kindsOfOneFieldHaveCoordinatesOfTheirOwn() {
    FieldPlan plan = auto.field("x");
    Set<Integer> coordinates = new HashSet<>();
    FeatureVector features = new FeatureVector();
    auto.begin(features);
    auto.text(plan, "1");
    auto.mapEntry(plan, "1", 1);
    auto.number(plan, 1);
    auto.vectorEntry(plan, 1, 1);
    auto.text(auto.field("y"), "1");
    for (int i = 0; i < features.size(); i++) {
      coordinates.add(features.coordinates()[i]);
    }
    assertThat(coordinates).hasSize(5);
    assertThat(features.numericCount()).isEqualTo(2);
  }

  @Test
  void aNumberIsRawInTheRegionOfItsScale() {
    Set<Integer> regions = new HashSet<>();
    for (Scale scale : Scale.values()) {
      RecordEncoder encoder =
          new RecordEncoder(
              new Listed(List.of(new Numeric("a", scale), new NumericVector("v", scale))), BITS);
      FeatureVector features = new FeatureVector();
      encoder.begin(features);
      encoder.number(encoder.field("a"), -2.5);
      encoder.vectorEntry(encoder.field("v"), 1, -2.5);
      encoder.end();

      assertThat(features.values()).startsWith(-2.5f, -2.5f);
      assertThat(features.numericCount()).isEqualTo(scale == Scale.NONE ? 0 : 2);
      for (int i = 0; i < 2; i++) {
        int region = features.coordinates()[i] >>> BITS;
        assertThat(Scale.ofRegion(region)).isEqualTo(scale).isEqualTo(Scale.ofText(scale.text()));
        regions.add(region);
      }
    }
    assertThat(regions).hasSize(4);
    assertThatThrownBy(() -> Scale.ofRegion(4)).hasMessage("region must be between 0 and 3, got 4");
    assertThatThrownBy(() -> Scale.ofText("log"))
        .hasMessage("scale must be a known one, got 'log'");
  }

  @Test
  void unscaledNumbersAreFinalValues() {
    FeatureVector features = new FeatureVector();
    listed.begin(features);
    listed.number(listed.field("raw"), -2.5);
    listed.vectorEntry(listed.field("w"), 0, 0.5);

    assertThat(features.numericCount()).isZero();
    assertThat(features.values()[0]).isEqualTo(-2.5f);
    assertThat(features.values()[1]).isEqualTo(0.5f);
  }

  @Test
  void aFieldWithThreeHashBitsTakesEightCoordinates() {
    FieldPlan page = listed.field("page");
    FeatureVector features = new FeatureVector();
    listed.begin(features);
    Set<Integer> coordinates = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      listed.text(page, "page " + i);
      coordinates.add(features.coordinates()[i]);
    }
    assertThat(coordinates).hasSize(8);
  }

  @Test
  void signsAndCoordinatesAreSpreadEvenly() {
    RecordEncoder narrow = new RecordEncoder(new Auto(Set.of()), 4);
    FeatureVector features = new FeatureVector();
    narrow.begin(features);
    int[] counts = new int[16];
    int positive = 0;
    for (int i = 0; i < 16_000; i++) {
      narrow.text(narrow.field("id"), "value " + i);
      counts[features.coordinates()[i]]++;
      positive += features.values()[i] > 0 ? 1 : 0;
    }
    for (int count : counts) {
      // Five standard deviations of a fair deal.
      assertThat(count).isBetween(1000 - 153, 1000 + 153);
    }
    assertThat(positive).isBetween(8000 - 316, 8000 + 316);
  }

  @Test
  void theInterceptsCoordinateIsNeverProduced() {
    RecordEncoder narrow = new RecordEncoder(new Auto(Set.of()), 1);
    FeatureVector features = new FeatureVector();
    narrow.begin(features);
    for (int i = 0; i < 100; i++) {
      narrow.number(narrow.field("f" + i), 1);
      narrow.vectorEntry(narrow.field("v"), i, 1);
    }
    for (int i = 0; i < features.size(); i++) {
      assertThat(features.coordinates()[i]).isNotEqualTo(FeatureVector.bias(1)).isBetween(2, 3);
    }
  }

  @Test
  void fieldsThatAreNoFeaturesAreIgnored() {
    assertThat(auto.field("label").ignored()).isTrue();
    assertThat(listed.field("other").ignored()).isTrue();
    assertThat(
            encode(
                auto,
                e -> {
                  FieldPlan label = e.field("label");
                  e.number(label, Double.NaN);
                  e.text(label, "x");
                  e.bool(label, true);
                  e.mapEntry(label, "a", 1);
                  e.vectorEntry(label, 0, 1);
                }))
        .isEmpty();
  }

  @Test
  void everNewFieldsDoNotFillTheHeap() {
    for (int i = 0; i < 70_000; i++) {
      assertThat(auto.field("f" + i).ignored()).isFalse();
    }
    assertThat(auto.field("f1")).isSameAs(auto.field("f1"));
    assertThat(auto.field("f69999")).isNotSameAs(auto.field("f69999"));
  }

  @Test
  void positionsBeyondTheRememberedOnesAreHashedTheSameWay() {
    FieldPlan v = auto.field("v");
    FeatureVector features = new FeatureVector();
    auto.begin(features);
    auto.vectorEntry(v, Integer.MAX_VALUE, 1);
    auto.vectorEntry(v, 5, 1);
    auto.vectorEntry(new RecordEncoder(new Auto(Set.of()), BITS).field("v"), 5, 1);
    assertThat(features.coordinates()[1]).isEqualTo(features.coordinates()[2]);
  }

  @Property(seed = "1")
  void twoEncodersAgree(@ForAll String field, @ForAll String value, @ForAll float number) {
    RecordEncoder other = new RecordEncoder(new Auto(Set.of("label")), BITS);
    float finite = Float.isFinite(number) ? number : 0;
    assertThat(encodeAll(auto, field, value, finite))
        .isEqualTo(encodeAll(other, field, value, finite));
  }

  private static String encodeAll(RecordEncoder encoder, String field, String value, float number) {
    return encode(
        encoder,
        e -> {
          FieldPlan plan = e.field(field);
          e.text(plan, value);
          e.number(plan, number);
          e.mapEntry(plan, value, number);
        });
  }

  private static String encode(RecordEncoder encoder, Consumer<RecordEncoder> calls) {
    FeatureVector features = new FeatureVector();
    encoder.begin(features);
    calls.accept(encoder);
    encoder.end();
    return String.join(" ", describe(features));
  }

  private static String[] describe(FeatureVector features) {
    String[] entries = new String[features.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = features.coordinates()[i] + ":" + features.values()[i];
    }
    return entries;
  }
}
