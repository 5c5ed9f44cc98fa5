package io.anabranch.job.decode;

import static io.anabranch.job.decode.Decoding.entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDecoderTest {
  private final Decoding decoding =
      Decoding.of(
          "format: csv, columns: [a, b, y], delimiter: \";\"",
          "field: y, type: multiclass",
          "auto");

  @Test
  void cellsAreNumbersTextsOrAbsent() throws Exception {
    Example example = decoding.decode("+1.5e0;red;1.0");

    assertThat(example.label()).isEqualTo("1");
    assertThat(entries(example.features()))
        .isEqualTo(
            decoding.encoded(
                encoder -> {
                  encoder.number(encoder.field("a"), 1.5);
                  encoder.text(encoder.field("b"), "red");
                }));
    assertThat(decoding.decode(";;").labelled()).isFalse();
    assertThat(decoding.decode(";\"\";x").features().size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "0x1",
        "0123",
        ".5",
        "5.",
        "1e400",
        "+-1",
        "-",
        "+",
        "1e",
        " 1",
        "Infinity"
      })
  void whatIsNoFiniteJsonNumberIsText(String cell) throws Exception {
    assertThat(entries(decoding.decode(cell + ";;").features()))
        .isEqualTo(decoding.encoded(encoder -> encoder.text(encoder.field("a"), cell)));
  }

  @Test
  void quotesAreThoseOfRfc4180() throws Exception {
    assertThat(entries(decoding.decode("\"a;\"\"b\"\"\n\";\"7\";\r\n").features()))
        .isEqualTo(
            decoding.encoded(
                encoder -> {
                  encoder.text(encoder.field("a"), "a;\"b\"\n");
                  encoder.number(encoder.field("b"), 7);
                }));
  }

  @Test
  void aLineMustHaveACellForEachColumn() {
    assertThat(decoding.failure("1;2")).hasMessage("must have 3 cells, got 2");
    assertThat(decoding.failure("1;2;3;4")).hasMessage("must have 3 cells, got 4");
    assertThat(decoding.failure("\n")).hasMessage("must have 3 cells, got 1");
    assertThat(decoding.failure("")).hasMessage("empty record");
  }

  @Test
  void whatIsNotOneLineIsRefused() {
    assertThat(decoding.failure("1;2;3\n4;5;6"))
        .hasMessage("not one line of CSV: got more than one");
    assertThat(decoding.failure("1;2;\"3"))
        .hasMessage("not one line of CSV: a quote is not closed");
    assertThat(decoding.failure("1;\"2\"x;3"))
        .hasMessage("not one line of CSV: Unexpected character after closing quote: 'x' (0x78)");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThat(decoding.failure(new byte[] {'1', ';', (byte) 0xff, ';', '2'}))
        .hasMessage("not valid UTF-8: Input length = 1");
  }
}
