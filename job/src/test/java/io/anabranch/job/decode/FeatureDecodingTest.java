package io.anabranch.job.decode;

import static io.anabranch.job.decode.Decoding.entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import org.junit.jupiter.api.Test;

/** Every type of feature from the bytes of a record to its coordinates, in JSON and in CSV. */
class FeatureDecodingTest {
  private static final String TARGET = "field: y, type: multiclass";
  private static final String FEATURES =
      "[{field: title, type: text, ngrams: 2}, {field: price, type: numeric, scale: min-max,"
          + " clip: [0, 100], missing: indicator}, {field: day, type: categorical, hash: 10},"
          + " {cross: [day, period]}, {cross: [price, flag]}]";

  private final Decoding json = Decoding.of("", TARGET, FEATURES);
  private final Decoding csv =
      Decoding.of("format: csv, columns: [title, price, day, period, flag, y]", TARGET, FEATURES);

  @Test
  void jsonAndCsvBecomeTheSameFeatures() throws Exception {
    Example fromJson =
        json.decode(
            """
            {"flag": true, "period": 3.0, "title": "Win £100, WIN!", "y": 1, "day": "Mon",
             "price": 250, "other": {"deep": [1]}}
            """);
    assertThat(entries(fromJson.features()))
        .isEqualTo(
            json.encoded(
                e -> {
                  e.text(e.field("title"), "Win £100, WIN!");
                  e.number(e.field("price"), 250);
                  e.text(e.field("day"), "Mon");
                  e.number(e.field("period"), 3);
                  e.bool(e.field("flag"), true);
                }))
        // win, £, 100, "win £", "£ 100", "100 win"; a number, a category, two crosses
        .hasSize(10);
    assertThat(fromJson.features().numericCount()).isEqualTo(1);
    assertThat(fromJson.features().values()[0]).isEqualTo(100);
    assertThat(entries(csv.decode("\"Win £100, WIN!\",250,Mon,3,true,1").features()))
        .isEqualTo(entries(fromJson.features()));
  }

  @Test
  void whatIsMissingIsMissingAndIndicatedWhereAskedFor() throws Exception {
    var onlyIndicator = json.encoded(e -> {});
    assertThat(onlyIndicator).hasSize(1);
    for (String record :
        new String[] {"{}", "{\"price\": null, \"day\": null}", "{\"period\": 1}"}) {
      Example example = json.decode(record);
      assertThat(entries(example.features())).isEqualTo(onlyIndicator);
      assertThat(example.features().numericCount()).isZero();
    }
    assertThat(entries(csv.decode(",,,,,").features())).isEqualTo(onlyIndicator);
  }

  @Test
  void aTextThatLooksLikeANumberIsAText() throws Exception {
    assertThat(entries(csv.decode("2024,,,,,").features()))
        .isEqualTo(json.encoded(e -> e.text(e.field("title"), "2024")));
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    assertThat(json.failure("{\"title\": [\"a\"]}"))
        .hasMessage("field 'title' must be a text, a boolean or a number, got an array");
    assertThat(json.failure("{\"period\": {\"a\": 1}}"))
        .hasMessage("field 'period' must be a text, a boolean or a number, got an object");
    assertThat(json.failure("{\"price\": \"cheap\"}"))
        .hasMessage("field 'price' must be a number, got 'cheap'");
    assertThat(json.failure("{\"price\": 1e39}"))
        .hasMessage("field 'price' must be at most 3.4e38 in size, got 1e39");
  }
}
