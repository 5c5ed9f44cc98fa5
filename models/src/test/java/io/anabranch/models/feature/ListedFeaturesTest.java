package io.anabranch.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec.Auto;
import io.anabranch.models.feature.FeatureSpec.Categorical;
import io.anabranch.models.feature.FeatureSpec.Clip;
import io.anabranch.models.feature.FeatureSpec.Cross;
import io.anabranch.models.feature.FeatureSpec.Feature;
import io.anabranch.models.feature.FeatureSpec.Listed;
import io.anabranch.models.feature.FeatureSpec.MapOfNumbers;
import io.anabranch.models.feature.FeatureSpec.Missing;
import io.anabranch.models.feature.FeatureSpec.Numeric;
import io.anabranch.models.feature.FeatureSpec.NumericVector;
import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.feature.FeatureSpec.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Crosses, missing values and bounds, which {@code auto} has not. */
class ListedFeaturesTest {
  private static final int BITS = 22;

  @Test
  void aCrossIsOneValueForEachCombination() {
    RecordEncoder encoder = encoder(new Cross(List.of("day", "period"), BITS));
    Set<String> seen = new HashSet<>();
    for (String day : List.of("Mon", "Tue")) {
      for (int period = 1; period <= 3; period++) {
        int number = period;
        FeatureVector features =
            encode(
                encoder,
                e -> e.text(e.field("day"), day),
                e -> e.number(e.field("period"), number));
        assertThat(features.size()).isEqualTo(1);
        assertThat(Math.abs(features.values()[0])).isEqualTo(1);
        assertThat(features.groups()[0]).isNegative();
        seen.add(describe(features));
      }
    }
    assertThat(seen).hasSize(6);
  }

  @Test
  void aCrossDoesNotMindTheOrderOfFieldsNorHowANumberIsWritten() {
    RecordEncoder encoder = encoder(new Cross(List.of("a", "b"), BITS));
    String expected =
        describe(encode(encoder, e -> e.text(e.field("a"), "1"), e -> e.text(e.field("b"), "2")));

    assertThat(
            describe(
                encode(encoder, e -> e.number(e.field("b"), 2), e -> e.number(e.field("a"), 1.0))))
        .isEqualTo(expected);
    // The values the other way round are another combination.
    assertThat(
            describe(
                encode(encoder, e -> e.text(e.field("a"), "2"), e -> e.text(e.field("b"), "1"))))
        .isNotEqualTo(expected);
  }

  @Test
  void aCrossIsMissingWhenAFieldIs() {
    RecordEncoder encoder = encoder(new Cross(List.of("a", "b", "c"), BITS));
    assertThat(
            encode(
                    encoder,
                    e -> e.text(e.field("a"), "x"),
                    e -> e.text(e.field("b"), "x"),
                    e -> e.text(e.field("c"), "x"))
                .size())
        .isEqualTo(1);
    // What the record before had is forgotten.
    assertThat(
            encode(encoder, e -> e.text(e.field("a"), "x"), e -> e.text(e.field("c"), "x")).size())
        .isZero();
  }

  @Test
  void aCrossedFieldMayBeAFeatureByItself() {
    RecordEncoder encoder =
        encoder(
            new Numeric("a", Scale.STANDARD),
            new Categorical("b", BITS),
            new Cross(List.of("a", "b"), BITS),
            new Cross(List.of("b", "c"), BITS));
    FeatureVector features =
        encode(
            encoder,
            e -> e.number(e.field("a"), 3),
            e -> e.bool(e.field("b"), true),
            e -> e.text(e.field("c"), "z"));
    assertThat(features.numericCount()).isEqualTo(1);
    assertThat(features.size()).isEqualTo(4);
    assertThat(encoder.field("c").ignored()).isFalse();
  }

  @Test
  void hashBitsBoundTheCombinations() {
    RecordEncoder encoder = encoder(new Cross(List.of("a", "b"), 3));
    Set<Integer> coordinates = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      int value = i;
      coordinates.add(
          encode(encoder, e -> e.number(e.field("a"), value), e -> e.number(e.field("b"), value))
              .coordinates()[0]);
    }
    assertThat(coordinates).hasSize(8);
  }

  @Test
  void whatCannotBeCrossedIsRefused() {
    Cross cross = new Cross(List.of("a", "b"), BITS);
    assertThatThrownBy(() -> encoder(new Text("b", 1, BITS), cross))
        .hasMessage(
            "features: crossed field 'b' must be numeric, categorical or not listed, got type"
                + " text");
    assertThatThrownBy(() -> encoder(new MapOfNumbers("a", BITS), cross))
        .hasMessageEndingWith("got type map");
    assertThatThrownBy(() -> new Cross(List.of("a"), BITS))
        .hasMessage("a cross must be of at least 2 fields, got [a]");
    RecordEncoder encoder = encoder(cross);
    assertThatThrownBy(() -> encode(encoder, e -> e.vectorEntry(e.field("a"), 0, 1)))
        .hasMessage("features: field 'a' must be a text, boolean or number, got an array");
  }

  @Test
  void anIndicatorStandsForAMissingValueOnly() {
    RecordEncoder encoder =
        encoder(
            new Numeric("n", Scale.STANDARD, Clip.NONE, Missing.INDICATOR),
            new Categorical("c", BITS, Missing.INDICATOR),
            new Numeric("mean", Scale.STANDARD, Clip.NONE, Missing.MEAN),
            new Numeric("skipped", Scale.STANDARD));

    FeatureVector empty = encode(encoder);
    assertThat(empty.size()).isEqualTo(2);
    assertThat(empty.numericCount()).isZero();
    assertThat(empty.coordinates()[0]).isNotEqualTo(empty.coordinates()[1]);
    assertThat(empty.groups()[0]).isNegative();

    FeatureVector full =
        encode(encoder, e -> e.text(e.field("c"), ""), e -> e.number(e.field("n"), 0));
    assertThat(full.size()).isEqualTo(2);
    assertThat(full.numericCount()).isEqualTo(1);
    // An empty text is a value, and not the one that says missing.
    assertThat(full.coordinates()[1]).isNotEqualTo(empty.coordinates()[1]);
    assertThat(full.groups()[1]).isEqualTo(empty.groups()[1]);
  }

  @Test
  void aNumberIsBoundedToItsRange() {
    RecordEncoder encoder =
        encoder(
            new Numeric("n", Scale.STANDARD, new Clip(-1, 2), Missing.SKIP),
            new NumericVector("v", Scale.NONE, new Clip(0, Double.POSITIVE_INFINITY)));
    FeatureVector features =
        encode(
            encoder,
            e -> e.number(e.field("n"), 1e30),
            e -> e.vectorEntry(e.field("v"), 0, -5),
            e -> e.vectorEntry(e.field("v"), 1, 5));
    assertThat(features.values()).startsWith(2, 0, 5);
    assertThat(encode(encoder, e -> e.number(e.field("n"), -7)).values()[0]).isEqualTo(-1);
    assertThat(encode(encoder, e -> e.number(e.field("n"), 0.5)).values()[0]).isEqualTo(0.5f);
    assertThatThrownBy(() -> encode(encoder, e -> e.number(e.field("n"), Double.POSITIVE_INFINITY)))
        .hasMessage("features: field 'n' must be finite, got Infinity");
    assertThatThrownBy(() -> new Clip(2, 2))
        .hasMessage("clip must be a range [min, max] with min < max, got [2.0, 2.0]");
  }

  @Property(seed = "20261121", tries = 300)
  void theOrderOfFieldsDoesNotMatterAndNothingIsEverNaN(
      @ForAll @Size(6) List<Float> numbers, @ForAll String text, @ForAll Random random) {
    List<Call> calls = new ArrayList<>();
    String[] fields = {"a", "b", "c", "d", "e", "f"};
    for (int i = 0; i < fields.length; i++) {
      String field = fields[i];
      float number = Float.isFinite(numbers.get(i)) ? numbers.get(i) : 1;
      if (number != 0) {
        calls.add(e -> e.number(e.field(field), number));
      }
    }
    calls.add(e -> e.text(e.field("t"), text));
    calls.add(e -> e.vectorEntry(e.field("v"), 2, 7));
    List<Call> shuffled = new ArrayList<>(calls);
    Collections.shuffle(shuffled, random);
    for (RecordEncoder encoder : List.of(all(), new RecordEncoder(new Auto(Set.of("f")), BITS))) {
      FeatureVector one = encode(encoder, calls);
      assertThat(describe(encode(encoder, shuffled))).isEqualTo(describe(one));
      for (int i = 0; i < one.size(); i++) {
        assertThat(one.values()[i]).isFinite();
      }
    }
  }

  /** What a decoder says of one field. */
  private interface Call extends Consumer<RecordEncoder> {}

  @Test
  void aFieldOfManyValuesFillsAWiderSpaceAndANarrowOneItsShare() {
    int bits = new Listed(List.of(new Categorical("c", 24), new Categorical("d", 4))).hashBits();
    RecordEncoder encoder =
        new RecordEncoder(
            new Listed(List.of(new Categorical("c", 24), new Categorical("d", 4))), bits);
    Set<Integer> many = new TreeSet<>();
    Set<Integer> few = new TreeSet<>();
    FeatureVector features = new FeatureVector();
    for (int value = 0; value < 1_000; value++) {
      features.clear();
      encoder.begin(features);
      encoder.text(encoder.field("c"), "c" + value);
      encoder.text(encoder.field("d"), "d" + value);
      encoder.end();
      many.add(features.coordinates()[0]);
      few.add(features.coordinates()[1]);
    }
    assertThat(bits).isEqualTo(24);
    assertThat(many).hasSizeGreaterThan(990).allMatch(coordinate -> coordinate < 1 << 24);
    assertThat(many).filteredOn(coordinate -> coordinate >= 1 << 23).hasSizeBetween(400, 600);
    assertThat(few).hasSize(16);
  }

  private static RecordEncoder all() {
    return encoder(
        new Numeric("a", Scale.MIN_MAX, new Clip(-1, 1), Missing.INDICATOR),
        new Numeric("b", Scale.ROBUST),
        new Categorical("c", 10, Missing.INDICATOR),
        new Cross(List.of("c", "d", "a"), BITS),
        new Cross(List.of("d", "e"), 4),
        new NumericVector("v", Scale.MIN_MAX),
        new Text("t", 3, BITS));
  }

  private static RecordEncoder encoder(Feature... features) {
    return new RecordEncoder(new Listed(List.of(features)), BITS);
  }

  private static FeatureVector encode(RecordEncoder encoder, Call... calls) {
    return encode(encoder, List.of(calls));
  }

  private static FeatureVector encode(RecordEncoder encoder, List<Call> calls) {
    FeatureVector features = new FeatureVector();
    encoder.begin(features);
    calls.forEach(call -> call.accept(encoder));
    encoder.end();
    return features;
  }

  private static String describe(FeatureVector features) {
    TreeSet<String> entries = new TreeSet<>();
    for (int i = 0; i < features.size(); i++) {
      entries.add(
          features.coordinates()[i] + ":" + features.values()[i] + ":" + features.groups()[i]);
    }
    return String.join(" ", entries);
  }
}
