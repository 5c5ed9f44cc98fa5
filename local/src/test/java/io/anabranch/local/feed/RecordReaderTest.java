package io.anabranch.local.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.anabranch.job.pipeline.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final TopicShape JSON =
      new TopicShape("t", new Pipeline.Format.Json(), Optional.of("user"), Optional.of("ts"));
  private static final TopicShape CSV =
      new TopicShape(
          "t", new Pipeline.Format.Csv(List.of("b", "a"), ';'), Optional.of("a"), Optional.empty());

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<FedRecord> csv(String text, TopicShape shape) throws Exception {
    return all(new CsvRecords(Path.of("f.csv"), bytes(text), shape));
  }

  private static List<FedRecord> jsonl(String text, TopicShape shape) throws Exception {
    return all(new JsonRecords(bytes(text), shape));
  }

  private static List<FedRecord> all(RecordReader reader) throws Exception {
    List<FedRecord> records = new ArrayList<>();
    try (reader) {
      Optional<FedRecord> next = reader.next();
      while (next.isPresent()) {
        records.add(next.get());
        next = reader.next();
      }
    }
    return records;
  }

  private static List<String> values(List<FedRecord> records) {
    return records.stream().map(r -> new String(r.value(), StandardCharsets.UTF_8)).toList();
  }

  @Test
  void whatIsWrongWithARowIsSaid() {
    assertThat(CsvRecords.wrong(List.of("1", "2"), 3))
        .isEqualTo("a row must have 3 cells as the header has, got 2");
    assertThat(CsvRecords.wrong(List.of("1", "a\n2,b\n"), 3))
        .isEqualTo(
            "a row must have 3 cells as the header has, got 2, one of them of several lines (is a"
                + " quote not closed?)");
  }

  @Test
  void csvCellsBecomeNumbersTextOrNothing() throws Exception {
    List<FedRecord> records =
        csv("user,x,ts\r\nann,+1.50,1000\nNaN,1e400,\n7,\"a,\"\"b\",2023-11-14\n", JSON);

    assertThat(values(records))
        .containsExactly(
            "{\"user\":\"ann\",\"x\":1.50,\"ts\":1000}",
            "{\"user\":\"NaN\",\"x\":\"1e400\"}",
            "{\"user\":7,\"x\":\"a,\\\"b\",\"ts\":\"2023-11-14\"}");
    assertThat(records)
        .extracting(FedRecord::key)
        .containsExactly(Optional.of("ann"), Optional.of("NaN"), Optional.of("7"));
    assertThat(records)
        .extracting(FedRecord::time)
        .containsExactly(
            OptionalLong.of(1000), OptionalLong.empty(), OptionalLong.of(1699920000000L));
    assertThat(records).extracting(FedRecord::line).containsExactly(2L, 3L, 4L);
  }

  @Test
  void aCsvRowOfAnotherLengthIsFedAsItsPlainLine() throws Exception {
    List<FedRecord> records = csv("user,x\n1\n1,2,3\n1,2\n", JSON);

    assertThat(values(records)).containsExactly("1", "1,2,3", "{\"user\":1,\"x\":2}");
    assertThat(records.get(1).key()).isEmpty();
    assertThat(records)
        .extracting(FedRecord::line, FedRecord::defect)
        .containsExactly(
            tuple(2L, Optional.of("a row must have 2 cells as the header has, got 1")),
            tuple(3L, Optional.of("a row must have 2 cells as the header has, got 3")),
            tuple(4L, Optional.empty()));
  }

  @Test
  void anEmptyCsvAndOneOfOnlyAHeaderHoldNothing() throws Exception {
    assertThat(csv("", JSON)).isEmpty();
    assertThat(csv("a,b\n", JSON)).isEmpty();
  }

  @Test
  void aCsvHeaderMustNameEachColumnOnce() {
    assertThatThrownBy(() -> csv("a,b,a\n", JSON))
        .isInstanceOf(FeedException.class)
        .hasMessage("f.csv:1: the header must name each column once, got 'a' in a,b,a");
  }

  @Test
  void aCsvTopicGetsItsOwnColumnsAndDelimiter() throws Exception {
    List<FedRecord> records = csv("a,extra,b\n+1,9,x;y \n2,9,\n", CSV);

    assertThat(values(records)).containsExactly("\"x;y \";1", ";2");
    assertThat(records).extracting(FedRecord::key).contains(Optional.of("1"), Optional.of("2"));
  }

  @Test
  void jsonLinesPassByteForByte() throws Exception {
    String odd =
        "{ \"user\" : 1.0,\t\"x\":1e400, \"ts\":\"1970-01-01T00:00:01Z\", \"o\":{\"user\":5} }";
    List<FedRecord> records = jsonl("\uFEFF" + odd + "\r\n\nnot json\n{\"user\":\n[1]", JSON);

    assertThat(values(records)).containsExactly(odd, "not json", "{\"user\":", "[1]");
    assertThat(records.get(0).key()).hasValue("1");
    assertThat(records.get(0).time()).hasValue(1000);
    assertThat(records.get(1).key()).isEmpty();
    assertThat(records).extracting(FedRecord::line).containsExactly(1L, 3L, 4L, 5L);
  }

  @Test
  void keyAndTimeMayBeInsideOfObjects() throws Exception {
    TopicShape nested =
        new TopicShape(
            "t", new Pipeline.Format.Json(), Optional.of("user.geo.id"), Optional.of("at.ms"));
    String inside = "{\"user\":{\"x\":[1],\"geo\":{\"id\":7.0,\"z\":{}}},\"at\":{\"ms\":5}}";
    String literal = "{\"user\":{\"geo.id\":\"a\"},\"at.ms\":6,\"user.geo\":3}";
    List<FedRecord> records = jsonl(inside + "\n" + literal + "\n{\"geo\":{\"id\":1}}", nested);

    assertThat(values(records)).containsExactly(inside, literal, "{\"geo\":{\"id\":1}}");
    assertThat(records)
        .extracting(FedRecord::key)
        .containsExactly(Optional.of("7"), Optional.of("a"), Optional.empty());
    assertThat(records.get(0).time()).hasValue(5);
    assertThat(records.get(1).time()).hasValue(6);
  }

  @Test
  void jsonLinesForACsvTopicBecomeCells() throws Exception {
    List<FedRecord> records =
        jsonl(
            "{\"a\":true,\"b\":{\"n\":[1, 2]},\"c\":3}\n{\"a\":1,\"b\":nul\n{\"b\":null,\"a\":\"q;\"}\n",
            CSV);

    assertThat(values(records))
        .containsExactly("\"{\"\"n\"\":[1, 2]}\";true", "{\"a\":1,\"b\":nul", ";\"q;\"");
  }

  @Test
  void libsvmLinesBecomeSparseVectors() throws Exception {
    List<FedRecord> records =
        all(
            new LibsvmRecords(
                bytes("+1 12:0.5 40:.25 # note\n\n# only a comment\n-1\n1 3:nan\n1 three\n"),
                JSON));

    assertThat(values(records))
        .containsExactly(
            "{\"label\":1,\"x\":{\"12\":0.5,\"40\":0.25}}",
            "{\"label\":-1,\"x\":{}}",
            "1 3:nan",
            "1 three");
    assertThat(records).extracting(FedRecord::line).containsExactly(1L, 4L, 5L, 6L);
    assertThat(records)
        .extracting(FedRecord::defect)
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of("a feature must be index:value, got '3:nan'"),
            Optional.of("a feature must be index:value, got 'three'"));
  }
}
