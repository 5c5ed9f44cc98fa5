package io.anabranch.job.decode;

import static io.anabranch.job.decode.Decoding.entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields inside of objects, named by their path. */
class NestedFieldsTest {
  private static final String TARGET = "field: out.y, type: binary, positive: 1, weight: out.w";

  @Test
  void everyRoleMayBeInsideOfAnObject() throws Exception {
    Decoding decoding =
        Decoding.of(
            "id: meta.id, key: user.name, time: meta.at.ms",
            TARGET,
            "[{field: user.geo.country, type: categorical}, {field: user.age, type: numeric},"
                + " {cross: [user.geo.country, user.name]}]",
            "user.geo.city");

    Example example =
        decoding.decode(
            """
            {"meta": {"id": 7, "at": {"ms": 1234, "zone": "CET"}, "noise": [{"a": 1}]},
             "user": {"name": "ada", "geo": {"country": "CH", "city": "Bern", "lat": 46.9}, "age": 36},
             "out": {"y": 1, "w": 2.5, "z": {"y": 0}}, "y": 0}
            """);

    assertThat(example.id()).isEqualTo("7");
    assertThat(example.key()).isEqualTo("ada");
    assertThat(decoding.extraKey(0)).isEqualTo("Bern");
    assertThat(example.time()).isEqualTo(1234);
    assertThat(example.target()).isEqualTo(1);
    assertThat(example.weight()).isEqualTo(2.5);
    assertThat(example.features().size()).isEqualTo(3);
    assertThat(entries(example.features()))
        .isEqualTo(
            decoding.encoded(
                encoder -> {
                  encoder.text(encoder.field("user.name"), "ada");
                  encoder.text(encoder.field("user.geo.country"), "CH");
                  encoder.number(encoder.field("user.age"), 36);
                }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user\": {\"geo\": {\"country\": \"CH\"}}}",
        "{\"user.geo.country\": \"CH\"}",
        "{\"user.geo\": {\"country\": \"CH\"}}",
        "{\"user\": {\"geo.country\": \"CH\"}}"
      })
  void dotsMayBePartOfNames(String json) throws Exception {
    Decoding decoding =
        Decoding.of(
            "", "field: y, type: multiclass", "[{field: user.geo.country, type: categorical}]");
    assertThat(entries(decoding.decode(json).features()))
        .isEqualTo(decoding.encoded(e -> e.text(e.field("user.geo.country"), "CH")))
        .hasSize(1);
  }

  @Test
  void aFieldThatIsThereByNameAndByPathIsThereTwice() {
    Decoding decoding =
        Decoding.of("", "field: y, type: multiclass", "[{field: a.b, type: numeric}]");
    assertThat(decoding.failure("{\"a\": {\"b\": 1}, \"a.b\": 2}"))
        .hasMessage("field 'a.b' is there twice");
    assertThat(decoding.failure("{\"a\": {\"b\": 1, \"b\": 2}}"))
        .hasMessage("field 'a.b' is there twice");
    assertThat(decoding.failure("{\"a\": {\"b\": \"x\"}}"))
        .hasMessage("field 'a.b' must be a number, got 'x'");
  }

  @Test
  void whatIsOnTheWayAndNoObjectHoldsNothing() throws Exception {
    Decoding decoding =
        Decoding.of("", "field: y, type: multiclass", "[{field: a.b, type: numeric}]");
    for (String a : new String[] {"1", "\"x\"", "null", "[{\"b\": 1}]", "{}", "{\"c\": {}}"}) {
      assertThat(decoding.decode("{\"a\": " + a + "}").features().size()).as(a).isZero();
    }
    assertThat(decoding.decode("{\"b\": 1}").features().size()).isZero();
  }

  @Test
  void withAutoATargetInsideOfAMapIsNotInTheMap() throws Exception {
    Decoding decoding = Decoding.of("key: m.k", "field: m.y, type: multiclass", "auto");
    Example example =
        decoding.decode("{\"m\": {\"a\": 1, \"y\": \"yes\", \"b\": 2, \"k\": \"x\"}, \"n\": 3}");
    assertThat(example.label()).isEqualTo("yes");
    assertThat(entries(example.features()))
        .isEqualTo(
            decoding.encoded(
                e -> {
                  e.mapEntry(e.field("m"), "a", 1);
                  e.mapEntry(e.field("m"), "b", 2);
                  e.text(e.field("m.k"), "x");
                  e.number(e.field("n"), 3);
                }));
  }

  @Test
  void excludedFieldsMayBeInsideOfAnObject() throws Exception {
    Decoding decoding =
        Decoding.of(
            "", "field: y, type: multiclass", "{auto: {exclude: [m.note, m.deep.x, gone]}}");
    Example example =
        decoding.decode(
            "{\"m\": {\"a\": 1, \"note\": \"text\", \"deep\": {\"x\": {}, \"z\": \"text\"}},"
                + " \"gone\": {\"a\": \"text\"}}");
    assertThat(entries(example.features()))
        .isEqualTo(decoding.encoded(e -> e.mapEntry(e.field("m"), "a", 1)));
    assertThat(decoding.failure("{\"m\": {\"other\": \"text\"}}"))
        .hasMessage("field 'm.other' must be a number, got 'text'");
  }

  @Test
  void aMissingKeyIsNamedByItsPath() {
    assertThat(
            Decoding.of("key: user.name", "field: y, type: multiclass", "auto")
                .failure("{\"user\": {\"age\": 3}}"))
        .hasMessage("field 'user.name' is missing: it is the key of the record");
  }

  @Test
  void columnsHaveTheirNamesDotsIncluded() throws Exception {
    Decoding decoding =
        Decoding.of(
            "format: csv, columns: [user.id, user.geo.country, y], key: user.id",
            "field: y, type: multiclass",
            "[{field: user.geo.country, type: categorical}]");
    Example example = decoding.decode("u1,CH,1");
    assertThat(example.key()).isEqualTo("u1");
    assertThat(entries(example.features()))
        .isEqualTo(decoding.encoded(e -> e.text(e.field("user.geo.country"), "CH")));
  }
}
