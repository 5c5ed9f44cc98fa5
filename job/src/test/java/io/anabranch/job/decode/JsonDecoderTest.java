package io.anabranch.job.decode;

import static io.anabranch.job.decode.Decoding.entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {
  private static final String MULTICLASS = "field: y, type: multiclass";

  @Test
  void aRecordBecomesAnExample() throws Exception {
    Decoding decoding =
        Decoding.of(
            "id: id, key: user, time: ts",
            "field: y, type: binary, positive: 1, weight: w",
            "auto");

    Example example =
        decoding.decode(
            """
            {"id": "r1", "user": "u7", "ts": 1234, "y": 1.0, "w": 2.5, "n": -1.5e1, "c": "red",
             "b": true, "m": {"a": 1, "z": 0.5, "gone": null}, "v": [1, null, 3], "gone": null}
            """);

    assertThat(example.id()).isEqualTo("r1");
    assertThat(example.key()).isEqualTo("u7");
    assertThat(example.time()).isEqualTo(1234);
    assertThat(example.labelled()).isTrue();
    assertThat(example.label()).isEqualTo("1");
    assertThat(example.target()).isEqualTo(1);
    assertThat(example.weight()).isEqualTo(2.5);
    assertThat(entries(example.features()))
        .isEqualTo(
            decoding.encoded(
                encoder -> {
                  encoder.text(encoder.field("user"), "u7");
                  encoder.number(encoder.field("n"), -15);
                  encoder.text(encoder.field("c"), "red");
                  encoder.bool(encoder.field("b"), true);
                  encoder.mapEntry(encoder.field("m"), "a", 1);
                  encoder.mapEntry(encoder.field("m"), "z", 0.5);
                  encoder.vectorEntry(encoder.field("v"), 0, 1);
                  encoder.vectorEntry(encoder.field("v"), 2, 3);
                }));
  }

  @Test
  void whatIsMissingHasItsDefault() throws Exception {
    Example example = Decoding.json().decode("{}");

    assertThat(example.id()).isEqualTo("in-3-41");
    assertThat(example.key()).isEmpty();
    assertThat(example.time()).isEqualTo(Decoding.TIMESTAMP);
    assertThat(example.labelled()).isFalse();
    assertThat(example.weight()).isEqualTo(1);
    assertThat(example.features().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 1",
        "1.0 | 1",
        "10e-1 | 1",
        "-0 | 0",
        "\"1\" | 1",
        "\"1.0\" | 1.0",
        "0.50 | 0.5",
        "true | true",
        "12345678901234567890 | 12345678901234567890",
        "12345678901234567890.0 | 12345678901234567890",
        "\"ja\" | ja"
      })
  void labelsCompareAsText(String json, String label) throws Exception {
    Example example = Decoding.of("", MULTICLASS, "auto").decode("{\"y\": " + json + "}");

    assertThat(example.label()).isEqualTo(label);
    assertThat(example.target()).isNaN();
  }

  @Test
  void everythingButThePositiveClassIsNegative() throws Exception {
    Decoding decoding = Decoding.json();

    assertThat(decoding.decode("{\"y\": \"1\"}").target()).isEqualTo(1);
    assertThat(decoding.decode("{\"y\": \"no\"}").target()).isZero();
    assertThat(decoding.decode("{\"y\": 1.5}").target()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"{}", "{\"y\": null}", "{\"y\": \"\"}"})
  void anEmptyLabelIsNone(String json) throws Exception {
    assertThat(Decoding.json().decode(json).labelled()).isFalse();
  }

  @Test
  void aNumericTargetIsAFiniteNumber() throws Exception {
    Decoding decoding = Decoding.numeric("");

    assertThat(decoding.decode("{\"y\": 2.50}").target()).isEqualTo(2.5);
    assertThat(decoding.decode("{\"y\": 2.50}").label()).isEqualTo("2.5");
    assertThat(decoding.failure("{\"y\": \"2.5\"}"))
        .hasMessage("field 'y' must be a number, got '2.5'");
    assertThat(decoding.failure("{\"y\": true}"))
        .hasMessage("field 'y' must be a number, got 'true'");
  }

  @Test
  void equalLabelsAreOneString() throws Exception {
    Decoding decoding = Decoding.of("", MULTICLASS, "auto");
    String first = decoding.decode("{\"y\": \"a\"}").label();
    decoding.decode("{\"y\": \"b\"}");

    assertThat(decoding.decode("{\"y\": \"a\"}").label()).isSameAs(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 0",
        "1700000000000 | 1700000000000",
        "1.7e12 | 1700000000000",
        "\"2023-11-14T22:13:20Z\" | 1700000000000",
        "\"2023-11-14T22:13:20.5+01:00\" | 1699996400500",
        "\"2023-11-14 22:13:20\" | 1700000000000",
        "\"2023-11-14\" | 1699920000000",
        "null | 1700000000000",
        "\"\" | 1700000000000"
      })
  void timesAreEpochMillisecondsOrIso(String json, long millis) throws Exception {
    Decoding decoding = Decoding.of("time: t", MULTICLASS, "auto");

    assertThat(decoding.decode("{\"t\": " + json + "}").time()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a b\" | a b",
        "17 | 17",
        "17.0 | 17",
        "1.25 | 1.25",
        "false | false",
        "9007199254740993 | 9007199254740993"
      })
  void idsAndKeysAreTextsOfAnyScalar(String json, String text) throws Exception {
    Decoding decoding = Decoding.of("id: i, key: k", MULTICLASS, "auto", "i");
    Example example = decoding.decode("{\"i\": %s, \"k\": %s}".formatted(json, json));

    assertThat(example.id()).isEqualTo(text);
    assertThat(example.key()).isEqualTo(text);
    assertThat(decoding.extraKey(0)).isEqualTo(text);
  }

  @Test
  void extraKeysAreReadInOnePass() throws Exception {
    Decoding decoding = Decoding.of("key: a", MULTICLASS, "auto", "b", "a", "b");
    decoding.decode("{\"a\": 1, \"b\": \"x\"}");

    assertThat(decoding.extraKey(0)).isEqualTo("x");
    assertThat(decoding.extraKey(1)).isEqualTo("1");
    assertThat(decoding.extraKey(2)).isEqualTo("x");
    assertThat(decoding.failure("{\"a\": 1}"))
        .hasMessage("field 'b' is missing: it is the key of a learner");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1] | must be a JSON object, got an array",
        "\"x\" | must be a JSON object, got 'x'",
        "{} {} | must be one JSON object, got more after it: an object",
        "` ` | empty record"
      })
  void whatIsNoObjectIsRefused(String json, String message) {
    RecordException failure = Decoding.json().failure(json);

    assertThat(failure).hasMessage(message);
    assertThat(failure.stage().text()).isEqualTo("decode");
    assertThat(failure.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\": 1",
        "nonsense",
        "{\"a\": NaN}",
        "{\"a\": 0123}",
        "{\"a\": 1} x",
        "{'a': 1}"
      })
  void whatIsNotJsonIsRefused(String json) {
    assertThat(Decoding.json().failure(json).getMessage()).startsWith("not valid JSON: ");
  }

  @Test
  void anEmptyRecordIsRefused() {
    assertThat(Decoding.json().failure(new byte[0])).hasMessage("empty record");
    assertThat(Decoding.json().failure((byte[]) null)).hasMessage("empty record");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] bytes = "{\"a\": \"?\"}".getBytes(StandardCharsets.ISO_8859_1);
    bytes[7] = (byte) 0xff;

    assertThat(Decoding.json().failure(bytes).getMessage())
        .isEqualTo("not valid JSON: Invalid UTF-8 start byte 0xff");
  }

  @Test
  void tooDeepNestingIsRefused() {
    assertThat(Decoding.json().failure("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"))
        .hasMessage("field 'a[0]' must be a number, got an array");
    assertThat(Decoding.json().failure("{\"y\":" + "[".repeat(200) + "]".repeat(200) + "}"))
        .hasMessage("field 'y' must be a single value, got an array");
    assertThat(
            Decoding.of("", MULTICLASS, "{auto: {exclude: [a]}}")
                .failure("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}")
                .getMessage())
        .startsWith("not valid JSON: Document nesting depth (101) exceeds the maximum allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"x\": 1e400} | field 'x' must be finite, got 1e400",
        "{\"x\": -1e39} | field 'x' must be at most 3.4e38 in size, got -1e39",
        "{\"m\": {\"a\": 1e400}} | field 'm.a' must be finite, got 1e400",
        "{\"m\": {\"a\": \"b\"}} | field 'm.a' must be a number, got 'b'",
        "{\"m\": {\"a\": {}}} | field 'm.a' must be a number, got an object",
        "{\"v\": [1, true]} | field 'v[1]' must be a number, got true",
        "{\"v\": [1e400]} | field 'v[0]' must be finite, got 1e400",
        "{\"x\": 1, \"x\": 2} | field 'x' is there twice",
        "{\"y\": 1e400} | field 'y' must be finite, got 1e400",
        "{\"y\": {}} | field 'y' must be a single value, got an object",
      })
  void aBadFieldIsNamedWithRuleAndValue(String json, String message) {
    RecordException failure = Decoding.json().failure(json);

    assertThat(failure).hasMessage(message);
    assertThat(failure.stage().text()).isEqualTo("validate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | field 'k' is missing: it is the key of the record",
        "{\"k\": null} | field 'k' is missing: it is the key of the record",
        "{\"k\": [1]} | field 'k' must be a single value, got an array",
        "{\"k\": 1e400} | field 'k' must be finite, got 1e400",
        "{\"k\": 1, \"t\": \"noon\"} | field 't' must be a time from 1970 to 9999, epoch ms or"
            + " ISO-8601, got 'noon'",
        "{\"k\": 1, \"t\": -5} | field 't' must be a time from 1970 to 9999, epoch ms or"
            + " ISO-8601, got '-5'",
        "{\"k\": 1, \"t\": true} | field 't' must be a time from 1970 to 9999, epoch ms or"
            + " ISO-8601, got true",
        "{\"k\": 1, \"w\": -1} | field 'w' must be a finite weight >= 0, got -1",
        "{\"k\": 1, \"w\": 1e400} | field 'w' must be a finite weight >= 0, got 1e400",
        "{\"k\": 1, \"w\": \"2\"} | field 'w' must be a finite weight >= 0, got '2'",
        "{\"k\": 1, \"w\": false} | field 'w' must be a finite weight >= 0, got false",
        "{\"k\": 1, \"y\": \"d\"} | field 'y' must be one of a, b, 3, got 'd'",
      })
  void aBadRoleIsNamedWithRuleAndValue(String json, String message) {
    Decoding decoding =
        Decoding.of(
            "key: k, time: t",
            "field: y, type: multiclass, classes: [a, b, 3.0], weight: w",
            "auto");

    assertThat(decoding.failure(json)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"n\": \"1\"} | field 'n' must be a number, got '1'",
        "{\"n\": true} | field 'n' must be a number, got true",
        "{\"n\": {}} | field 'n' must be a number, got an object",
        "{\"c\": [1]} | field 'c' must be a text, a boolean or a number, got an array",
        "{\"m\": 1} | field 'm' must be an object of numbers, got 1",
        "{\"v\": {\"a\": 1}} | field 'v' must be an array of numbers, got an object",
        "{\"v\": \"x\"} | field 'v' must be an array of numbers, got 'x'",
      })
  void listedFeaturesTakeTheirTypeOnly(String json, String message) {
    Decoding decoding =
        Decoding.of(
            "",
            MULTICLASS,
            "[{field: n, type: numeric}, {field: c, type: categorical}, {field: m, type: map},"
                + " {field: v, type: vector}]");

    assertThat(decoding.failure(json)).hasMessage(message);
  }

  @Test
  void fieldsThatAreNoFeaturesAreIgnoredWhateverTheyHold() throws Exception {
    Decoding decoding = Decoding.of("", MULTICLASS, "[{field: n, type: numeric}]");
    Example example = decoding.decode("{\"n\": 1, \"o\": 1e400, \"p\": [[\"x\"]], \"q\": \"r\"}");

    assertThat(entries(example.features()))
        .isEqualTo(decoding.encoded(encoder -> encoder.number(encoder.field("n"), 1)));
  }

  @Test
  void longValuesAreShortenedInMessages() {
    assertThat(
            Decoding.of("", MULTICLASS, "[{field: n, type: numeric}]")
                .failure("{\"n\": \"" + "x".repeat(500) + "\"}"))
        .hasMessage("field 'n' must be a number, got '" + "x".repeat(80) + "… (500 characters)'");
  }

  @Test
  void aRecordThatFailsMidwayLeavesNoTraceInTheNext() throws Exception {
    Decoding decoding =
        Decoding.of(
            "id: i, key: k, time: t",
            "field: y, type: binary, positive: 1, weight: w",
            "{auto: {exclude: [k]}}",
            "e");
    decoding.failure(
        "{\"i\": 1, \"k\": 2, \"t\": 3, \"y\": 1, \"w\": 5, \"e\": 6, \"x\": 7, \"bad\": 1e999}");
    Example example = decoding.decode("{\"k\": 8, \"e\": \"f\"}");

    assertThat(example.id()).isEqualTo("in-3-41");
    assertThat(example.key()).isEqualTo("8");
    assertThat(example.time()).isEqualTo(Decoding.TIMESTAMP);
    assertThat(example.labelled()).isFalse();
    assertThat(example.weight()).isEqualTo(1);
    assertThat(example.features().size()).isEqualTo(1);
    assertThat(decoding.extraKey(0)).isEqualTo("f");
  }

  @Test
  void anElementOfFiveMegabytesIsRead() throws Exception {
    Example example =
        Decoding.json().decode("{\"y\": 1, \"text\": \"" + "x".repeat(5 << 20) + "\"}");

    assertThat(example.features().size()).isEqualTo(1);
  }
}
