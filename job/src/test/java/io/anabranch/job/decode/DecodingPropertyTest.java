package io.anabranch.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DecodingPropertyTest {
  private static final String SEED = "20261121";

  private static final Decoding JSON =
      Decoding.of("id: i, key: k, time: t", "field: y, type: multiclass, weight: w", "auto", "a");
  private static final Decoding LISTED =
      Decoding.of(
          "",
          "field: y, type: multiclass",
          "[{field: a, type: numeric}, {field: b, type: categorical}, {field: k, type: map},"
              + " {field: i, type: vector}]");
  private static final Decoding CSV =
      Decoding.of("format: csv, columns: [i, k, t, y, w, a]", "field: y, type: multiclass", "auto");
  private static final Decoding NUMERIC_JSON = Decoding.numeric("");
  private static final Decoding NUMERIC_CSV = Decoding.numeric("format: csv, columns: [a, y]");

  @Property(seed = SEED)
  void anyBytesAreAnExampleOrARefusal(@ForAll byte[] bytes) {
    attempt(JSON, bytes);
    attempt(LISTED, bytes);
    attempt(CSV, bytes);
  }

  // Edge cases of nested values multiply: making them takes longer than all the decoding.
  @Property(seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void anyJsonIsAnExampleOrARefusal(@ForAll("objects") String object) {
    attempt(JSON, object.getBytes(StandardCharsets.UTF_8));
    attempt(LISTED, object.getBytes(StandardCharsets.UTF_8));
  }

  // Edge cases of nested values multiply: making them takes longer than all the decoding.
  @Property(seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void anyJsonWithADefectIsAnExampleOrARefusal(
      @ForAll("objects") String object, @ForAll byte defect, @ForAll int position) {
    byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
    bytes[Math.floorMod(position, bytes.length)] = defect;
    attempt(JSON, bytes);
    attempt(LISTED, bytes);
    attempt(CSV, bytes);
  }

  @Property(seed = SEED)
  void aJsonNumberIsJavasDouble(@ForAll("numbers") String number) throws Exception {
    double expected = Double.parseDouble(number);
    if (Double.isInfinite(expected)) {
      assertThat(NUMERIC_JSON.failure("{\"y\": " + number + "}"))
          .hasMessage("field 'y' must be finite, got " + Excerpt.of(number));
      return;
    }
    // Without its sign: as an integer, -0 has none.
    assertThat(NUMERIC_JSON.decode("{\"y\": " + number + "}").target() + 0.0)
        .isEqualTo(expected + 0.0);
    assertThat(NUMERIC_CSV.decode("," + number).target()).isEqualTo(expected);
  }

  @Property(seed = SEED)
  void everyDoubleIsReadBack(@ForAll double number) throws Exception {
    assertThat(NUMERIC_JSON.decode("{\"y\": " + number + "}").target()).isEqualTo(number);
    assertThat(NUMERIC_CSV.decode("x," + number).target()).isEqualTo(number);
  }

  private static void attempt(Decoding decoding, byte[] bytes) {
    try {
      decoding.decode(bytes);
    } catch (RecordException refusal) {
      assertThat(refusal.getMessage()).isNotEmpty().hasSizeLessThan(500);
    }
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30);
    Arbitrary<String> whole = digits.map(text -> text.replaceFirst("^0+(?=.)", ""));
    Arbitrary<String> fraction = digits.map(text -> "." + text).injectDuplicates(0.1);
    Arbitrary<String> exponent =
        Combinators.combine(
                Arbitraries.of("e", "E", "e+", "E-"), Arbitraries.integers().between(0, 420))
            .as((e, value) -> e + value);
    return Combinators.combine(
            Arbitraries.of("", "-"),
            whole,
            Arbitraries.oneOf(Arbitraries.just(""), fraction),
            Arbitraries.oneOf(Arbitraries.just(""), exponent))
        .as((sign, before, after, e) -> sign + before + after + e);
  }

  @Provide
  Arbitrary<String> objects() {
    return object(values(3));
  }

  private Arbitrary<String> values(int depth) {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            numbers(),
            Arbitraries.of("null", "true", "false", "\"\"", "\"2023-11-14\"", "1e400"),
            Arbitraries.strings()
                .excludeChars('"', '\\')
                .ofMaxLength(8)
                .map(DecodingPropertyTest::quoted));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.oneOf(scalars, scalars, object(inner), array(inner));
  }

  private static Arbitrary<String> array(Arbitrary<String> values) {
    return values.list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]");
  }

  private static Arbitrary<String> object(Arbitrary<String> values) {
    Arbitrary<String> names = Arbitraries.of("i", "k", "t", "y", "w", "a", "b");
    Arbitrary<String> entries =
        Combinators.combine(names, values).as((name, value) -> quoted(name) + ":" + value);
    Arbitrary<List<String>> lists = entries.list().ofMaxSize(7);
    return lists.map(list -> list.stream().collect(Collectors.joining(",", "{", "}")));
  }

  private static String quoted(String text) {
    return '"' + text.replaceAll("\\p{Cntrl}", " ") + '"';
  }
}
