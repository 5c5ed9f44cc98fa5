package io.anabranch.models.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec.Listed;
import io.anabranch.models.feature.FeatureSpec.MapOfNumbers;
import io.anabranch.models.feature.FeatureSpec.Text;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordGramsTest {
  private static final int BITS = 22;

  @Test
  void usageExample() {
    assertThat(encode(2, "Free entry, FREE!"))
        .isEqualTo(counts("free", 2, "entry", 1, "free entry", 1, "entry free", 1));
  }

  @Test
  void sequencesAreOfOneToSoManyWords() {
    assertThat(encode(1, "a b c")).isEqualTo(counts("a", 1, "b", 1, "c", 1));
    assertThat(encode(3, "a b c"))
        .isEqualTo(counts("a", 1, "b", 1, "c", 1, "a b", 1, "b c", 1, "a b c", 1));
    assertThat(encode(5, "a b")).isEqualTo(counts("a", 1, "b", 1, "a b", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Don't stop-now_at 10.5 | don|t|stop|now|at|10|5",
        "ÜBER straße ΔΕΛΤΑ | über|straße|δελτα",
        "हिन्दी में | हिन्दी|में",
        "日本語text かな | 日|本|語|text|かな",
        "win £100 or $5 | win|£|100|or|$|5",
        "ok👍🏽ok | ok|👍|ok",
        "cafe\u0301 \u0301x | cafe\u0301|x"
      })
  void wordsAreRunsOfLettersAndDigitsOfAnyScript(String row) {
    String[] parts = row.split("\\|");
    Object[] expected = new Object[2 * (parts.length - 1)];
    for (int i = 1; i < parts.length; i++) {
      expected[2 * i - 2] = parts[i].strip();
      expected[2 * i - 1] = 1;
    }
    assertThat(encode(1, parts[0])).isEqualTo(counts(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "?!… — \n", "\ud83d", "\ude00\ud83d"})
  void aTextWithoutWordsHoldsNothing(String text) {
    assertThat(encode(2, text)).isEmpty();
  }

  @Test
  void aNumberAndABooleanAreTheirText() {
    RecordEncoder encoder = encoder(1, BITS);
    FeatureVector features = new FeatureVector();
    encoder.begin(features);
    encoder.number(encoder.field("t"), 100);
    encoder.bool(encoder.field("t"), true);
    encoder.end();
    assertThat(entries(features)).isEqualTo(counts("100", 1, "true", 1));
  }

  @Test
  void hashBitsBoundTheCoordinates() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      many.append("word").append(i).append(' ');
    }
    assertThat(entriesOf(encoder(1, 4), many.toString())).hasSize(16);
    assertThat(entriesOf(encoder(2, BITS), many.toString()).size()).isGreaterThan(3_990);
  }

  @Test
  void objectsOrListsAreRefused() {
    RecordEncoder encoder = encoder(1, BITS);
    encoder.begin(new FeatureVector());
    assertThatThrownBy(() -> encoder.mapEntry(encoder.field("t"), "a", 1))
        .hasMessage("features: field 't' must be a text, boolean or number, got an object");
    assertThatThrownBy(() -> new Text("t", 6, BITS))
        .hasMessage("ngrams must be between 1 and 5, got 6");
  }

  @Property(seed = "20261121", tries = 500)
  void anyTextGivesFiniteEntriesOncePerCoordinateWhateverCameBefore(
      @ForAll String one, @ForAll String other) {
    RecordEncoder fresh = encoder(3, BITS);
    RecordEncoder used = encoder(3, BITS);
    entriesOf(used, one);
    FeatureVector features = new FeatureVector();
    used.begin(features);
    used.text(used.field("t"), other);
    used.end();
    assertThat(entries(features)).isEqualTo(entriesOf(fresh, other)).hasSize(features.size());
    for (int i = 0; i < features.size(); i++) {
      assertThat(features.values()[i]).isFinite();
      assertThat(features.groups()[i]).isPositive();
    }
  }

  private static RecordEncoder encoder(int ngrams, int hashBits) {
    return new RecordEncoder(new Listed(List.of(new Text("t", ngrams, hashBits))), BITS);
  }

  private static Map<Integer, Float> encode(int ngrams, String text) {
    return entriesOf(encoder(ngrams, BITS), text);
  }

  private static Map<Integer, Float> entriesOf(RecordEncoder encoder, String text) {
    FeatureVector features = new FeatureVector();
    encoder.begin(features);
    encoder.text(encoder.field("t"), text);
    encoder.end();
    return entries(features);
  }

  /** What an object of words to counts is encoded as: words are names. */
  private static Map<Integer, Float> counts(Object... wordsAndCounts) {
    RecordEncoder encoder =
        new RecordEncoder(new Listed(List.of(new MapOfNumbers("t", BITS))), BITS);
    FeatureVector features = new FeatureVector();
    encoder.begin(features);
    for (int i = 0; i < wordsAndCounts.length; i += 2) {
      encoder.mapEntry(
          encoder.field("t"), (String) wordsAndCounts[i], (Integer) wordsAndCounts[i + 1]);
    }
    encoder.end();
    return entries(features);
  }

  private static Map<Integer, Float> entries(FeatureVector features) {
    Map<Integer, Float> entries = new TreeMap<>();
    for (int i = 0; i < features.size(); i++) {
      entries.merge(features.coordinates()[i], features.values()[i], Float::sum);
    }
    return entries;
  }
}
