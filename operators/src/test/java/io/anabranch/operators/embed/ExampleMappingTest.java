package io.anabranch.operators.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Example;
import io.anabranch.models.feature.FeatureSpec.Scale;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class ExampleMappingTest {
  private static final int HASH_BITS = 10;

  private final Example example = new Example();
  private final Reading reading = new Reading();

  @Test
  void usageExample() {
    ExampleMapping.Encoder<Reading> encoder =
        encoder(
            Features.mapping(Reading.class)
                .number("load", r -> r.load)
                .category("place", r -> r.place)
                .vector("wave", r -> r.wave),
            Label.number(Reading::getLabel));
    reading.id = "r1";
    reading.place = "attic";
    reading.wave = new double[] {1, 2, 3};
    reading.setLabel(7);
    encoder.encode(reading, 99, example);
    assertThat(example.id()).isEqualTo("r1");
    assertThat(example.key()).isEqualTo("attic");
    assertThat(example.time()).isEqualTo(99);
    assertThat(example.target()).isEqualTo(7);
    assertThat(example.features().numericCount()).isEqualTo(4);
    assertThat(example.features().size()).isEqualTo(5);
  }

  @Test
  void whatIsMissingHasNoEntry() {
    ExampleMapping.Encoder<Reading> encoder =
        encoder(
            Features.mapping(Reading.class)
                .number("load", r -> Double.NaN)
                .category("place", r -> null)
                .vector("wave", r -> r.wave)
                .numbers("counts", r -> r.counts)
                .words("words", 2, r -> null),
            Label.binary(r -> null));
    encoder.encode(reading, 0, example);
    assertThat(example.features().size()).isZero();
    assertThat(example.labelled()).isFalse();
  }

  @Test
  void fieldsAreWhatTheirValuesAre() {
    ExampleMapping.Encoder<Reading> encoder =
        encoder(
            Features.fields("load", "people", "open", "mode", "wave", "counts", "place", "label"),
            Label.binaryField("open", "true"));
    reading.people = 3;
    reading.open = true;
    reading.mode = Reading.Mode.ECO;
    reading.wave = new double[] {1, 2};
    reading.counts = Map.of("a", 1.5, "b", 2.0, "c", 3.0);
    encoder.encode(reading, 0, example);
    // load, people, label and two positions; open, mode and three names.
    assertThat(example.features().numericCount()).isEqualTo(5);
    assertThat(example.features().size()).isEqualTo(10);
    assertThat(example.label()).isEqualTo("true");
    assertThat(example.target()).isEqualTo(1);
  }

  @Test
  void aMappedFeatureAndAFieldOfItsNameAreOneCoordinate() {
    reading.load = 4;
    encoder(Features.fields("load"), Label.number(r -> 0)).encode(reading, 0, example);
    int byField = example.features().coordinates()[0];
    encoder(Features.mapping(Reading.class).number("load", r -> r.load), Label.number(r -> 0))
        .encode(reading, 0, example);
    assertThat(example.features().coordinates()[0]).isEqualTo(byField);
  }

  @Test
  void rowsAreReadByNameHoweverTheyWereMade() {
    TypeInformation<Row> type =
        Types.ROW_NAMED(new String[] {"x", "y"}, Types.DOUBLE, Types.STRING);
    ExampleMapping.Encoder<Row> encoder =
        new ExampleMapping<>(
                new FieldReader<>(type),
                Features.<Row>fields("x"),
                Label.categoryField("y"),
                row -> "",
                row -> "",
                false,
                row -> 5,
                row -> 2,
                HASH_BITS,
                false)
            .encoder();
    encoder.encode(Row.of(1.5, "a"), 0, example);
    assertThat(example.features().values()[0]).isEqualTo(1.5f);
    assertThat(example.label()).isEqualTo("a");
    assertThat(example.time()).isEqualTo(5);
    assertThat(example.weight()).isEqualTo(2);
    Row named = Row.withNames();
    named.setField("y", "b");
    named.setField("x", 2.5);
    encoder.encode(named, 0, example);
    assertThat(example.features().values()[0]).isEqualTo(2.5f);
    assertThat(example.label()).isEqualTo("b");
  }

  @Test
  void positionsAreTheCoordinates() {
    encoder(
            Features.positions(
                (r, into) -> {
                  into.add(0, 0.5);
                  into.add(1023, -2);
                }),
            Label.binary(r -> true))
        .encode(reading, 0, example);
    assertThat(example.features().coordinates()).startsWith(0, 1023);
    assertThat(example.features().values()).startsWith(0.5f, -2f);
    assertThat(example.features().numericCount()).isZero();
  }

  @Test
  void aWholeNumberIsComparedWithoutItsFraction() {
    reading.load = 1;
    encoder(Features.fields("people"), Label.binaryField("load", "1")).encode(reading, 0, example);
    assertThat(example.target()).isEqualTo(1);
    reading.load = 1.5;
    encoder(Features.fields("people"), Label.binaryField("load", "1.5"))
        .encode(reading, 0, example);
    assertThat(example.target()).isEqualTo(1);
  }

  @Test
  void refusalsNameTheRuleAndTheValue() {
    assertRefused(
        Features.positions((r, into) -> into.add(1024, 1)),
        Label.binary(r -> true),
        "position must be >= 0 and < 1024 (2^hashBits), got 1024");
    assertRefused(
        Features.positions(3, (r, into) -> into.add(3, 1)),
        Label.binary(r -> true),
        "position must be >= 0 and < 3 (the size of the vectors), got 3");
    assertRefused(
        Features.positions(3, (r, into) -> into.size(2)),
        Label.binary(r -> true),
        "vector must have 3 positions, got 2");
    assertRefused(
        Features.positions((r, into) -> into.add(3, Double.NaN)),
        Label.binary(r -> true),
        "the value at position 3 must be finite as a float, got NaN");
    assertRefused(
        Features.mapping(Reading.class).number("load", Scale.NONE, r -> 1e300),
        Label.binary(r -> true),
        "features: field 'load' must be finite as a 32-bit number, got 1.0E300");
    assertRefused(
        Features.fields("people"),
        Label.number(r -> Double.POSITIVE_INFINITY),
        "label must be finite, got Infinity");
    reading.place = "attic";
    assertRefused(
        Features.fields("people"),
        Label.numberField("place"),
        "label: field 'place' must be a number, got attic");
    reading.odd = new StringBuilder[0];
    assertRefused(
        Features.fields("odd"),
        Label.binary(r -> true),
        "features: field 'odd' must be anything, got a [Ljava.lang.StringBuilder;");
  }

  private void assertRefused(Features<Reading> features, Label<Reading> label, String reason) {
    assertThatThrownBy(() -> encoder(features, label).encode(reading, 0, example))
        .hasMessage(reason);
  }

  @Test
  void aFieldThatIsNotThereIsRefusedWithThoseThatAre() {
    FieldReader<Reading> fields = new FieldReader<>(TypeInformation.of(Reading.class));
    assertThatThrownBy(() -> fields.require(java.util.List.of("lode")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "field must be one of counts, id, label, load, mode, odd, open, people, place, wave of"
                + " io.anabranch.operators.embed.Reading, got 'lode'");
    assertThatThrownBy(() -> new FieldReader<>(Types.LONG).require(java.util.List.of("x")))
        .hasMessage(
            "fields must be those of a POJO or a Row, got java.lang.Long, which Flink sees as"
                + " neither: read it with Features.mapping(…)");
    assertThatThrownBy(() -> Features.<Reading>fields("x", "y", "x"))
        .hasMessage("fields must name each field once, got 'x' twice");
  }

  private static ExampleMapping.Encoder<Reading> encoder(
      Features<Reading> features, Label<Reading> label) {
    return new ExampleMapping<>(
            new FieldReader<>(TypeInformation.of(Reading.class)),
            features,
            label,
            reading -> reading.id,
            reading -> reading.place,
            false,
            reading -> ExampleMapping.TIMESTAMP,
            reading -> 1,
            HASH_BITS,
            false)
        .encoder();
  }
}
