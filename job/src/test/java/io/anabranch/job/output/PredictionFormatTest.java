package io.anabranch.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.operators.record.PredictionRecord;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PredictionFormatTest {
  private final Example example = new Example();
  private final PredictionRecord record = new PredictionRecord();

  private String json(Target target, boolean keyed) throws IOException {
    byte[] bytes = new PredictionFormat(target, keyed).value(record);
    assertThat(JsonSchemas.problems("prediction", bytes)).isEmpty();
    return new String(bytes, UTF_8);
  }

  private void identify(String id, String key) {
    example.identify(id, key, 1_700_000_000_000L);
  }

  @Test
  void aBinaryPredictionSaysClassProbabilityAndLabel() throws IOException {
    identify("r1", "north");
    example.label("0", 0);
    record.of(example, "lr", 7);
    record.prediction().binary(0.75);
    assertThat(json(Target.binary("1"), true))
        .isEqualTo(
            "{\"id\":\"r1\",\"key\":\"north\",\"learner\":\"lr\",\"version\":7,"
                + "\"time\":1700000000000,\"prediction\":\"1\",\"probability\":0.75,\"label\":\"0\"}");
  }

  @Test
  void withoutAKeyInTheInputThereIsNoKeyInTheRecord() throws IOException {
    identify("r1", "");
    record.of(example, "lr", 0);
    record.prediction().binary(0.25);
    assertThat(json(Target.binary("1"), false))
        .isEqualTo(
            "{\"id\":\"r1\",\"learner\":\"lr\",\"version\":0,\"time\":1700000000000,"
                + "\"prediction\":\"0\",\"probability\":0.25}");
  }

  @Test
  void aNegativeDecisionTakesTheTextOfANegativeLabel() throws IOException {
    identify("r1", "");
    example.label("-1", 0);
    record.of(example, "lr", 0);
    record.prediction().decision(false);
    assertThat(json(Target.binary("1"), false)).contains("\"prediction\":\"-1\",\"label\":\"-1\"");
  }

  @Test
  void aNegativeDecisionOnAPositiveLabelNeverEqualsTheLabel() throws IOException {
    identify("r1", "");
    example.label("spam", 1);
    record.of(example, "lr", 0);
    record.prediction().decision(false);
    assertThat(json(Target.binary("spam"), false))
        .contains("\"prediction\":\"not spam\",\"label\":\"spam\"");
  }

  @Test
  void aMulticlassPredictionSaysItsProbabilities() throws IOException {
    identify("r1", "");
    record.of(example, "nb", 3);
    record.prediction().multiclass("b");
    record.prediction().addClass("a", 0.25);
    record.prediction().addClass("b", 0.75);
    record.prediction().addClass("broken", Double.NaN);
    assertThat(json(Target.multiclass(), false))
        .endsWith("\"prediction\":\"b\",\"probabilities\":{\"a\":0.25,\"b\":0.75}}");
  }

  @Test
  void beforeAnyClassWasSeenThePredictionIsNull() throws IOException {
    identify("r1", "");
    record.of(example, "nb", 0);
    record.prediction().multiclass("");
    assertThat(json(Target.multiclass(), false)).endsWith("\"prediction\":null}");
  }

  @Test
  void aNumericPredictionIsANumberAndSoIsItsLabel() throws IOException {
    identify("r1", "");
    example.label("3", 3);
    record.of(example, "lin", 1);
    record.prediction().numeric(2.5);
    assertThat(json(Target.numeric(), false))
        .endsWith("\"prediction\":2.5,\"value\":2.5,\"label\":3.0}");
  }

  @Test
  void aNumberThatIsNotFiniteIsNeverWritten() throws IOException {
    identify("r1", "");
    record.of(example, "lin", 1);
    record.prediction().numeric(Double.POSITIVE_INFINITY);
    assertThat(json(Target.numeric(), false)).endsWith("\"prediction\":null}");
  }

  @Test
  void halfASurrogatePairInAnIdBecomesTheReplacementCharacter() throws IOException {
    identify("a\ud800b \ud83d\ude00", "");
    record.of(example, "lr", 0);
    record.prediction().binary(1);
    assertThat(json(Target.binary("1"), false)).startsWith("{\"id\":\"a\ufffdb \ud83d\ude00\"");
    assertThat(new PredictionFormat(Target.binary("1"), false).key(record))
        .isEqualTo("a\ufffdb \ud83d\ude00".getBytes(UTF_8));
  }

  @Test
  void oneFormatWritesManyRecordsWithNothingBetweenThem() throws IOException {
    identify("r1", "");
    record.of(example, "lr", 0);
    record.prediction().binary(1);
    PredictionFormat format = new PredictionFormat(Target.binary("1"), false);
    byte[] first = format.value(record);
    assertThat(format.value(record)).isEqualTo(first);
  }
}
