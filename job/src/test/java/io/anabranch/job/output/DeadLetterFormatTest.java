package io.anabranch.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class DeadLetterFormatTest {
  private static DeadLetter letter(byte[] key, byte[] value) {
    return new DeadLetter("not JSON", "decode", "in", 3, 41, Optional.of(key), Optional.of(value));
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }

  @Test
  void theOriginalBytesTravelWithHeadersThatSayWhatWasWrongAndWhereItWas() {
    ProducerRecord<byte[], byte[]> record =
        new DeadLetterFormat("dead", 1 << 20)
            .record(letter("k".getBytes(UTF_8), new byte[] {1, 2}));
    assertThat(record.topic()).isEqualTo("dead");
    assertThat(record.key()).isEqualTo(new byte[] {'k'});
    assertThat(record.value()).isEqualTo(new byte[] {1, 2});
    assertThat(headers(record))
        .isEqualTo(
            Map.of(
                "anabranch.error", "not JSON",
                "anabranch.topic", "in",
                "anabranch.partition", "3",
                "anabranch.offset", "41",
                "anabranch.stage", "decode"));
  }

  @Test
  void aTombstoneStaysATombstone() {
    ProducerRecord<byte[], byte[]> record =
        new DeadLetterFormat("dead", 1 << 20)
            .record(
                new DeadLetter(
                    "no value", "decode", "in", 0, 0, Optional.empty(), Optional.empty()));
    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
  }

  @Test
  void aValueTooLargeIsCutAndItsLengthIsSaid() {
    ProducerRecord<byte[], byte[]> record =
        new DeadLetterFormat("dead", 100_000).record(letter(new byte[10], new byte[5_000_000]));
    assertThat(record.value()).hasSize(100_000 - DeadLetterFormat.ROOM - 10);
    assertThat(headers(record)).containsEntry("anabranch.truncated", "5000000");
  }

  @Test
  void aKeyTooLargeIsLeftOut() {
    ProducerRecord<byte[], byte[]> record =
        new DeadLetterFormat("dead", 100_000).record(letter(new byte[90_000], new byte[10]));
    assertThat(record.key()).isNull();
    assertThat(record.value()).hasSize(10);
    assertThat(headers(record))
        .containsEntry("anabranch.truncated.key", "90000")
        .doesNotContainKey("anabranch.truncated");
  }

  @Test
  void anEndlessErrorTextIsCut() {
    DeadLetter letter =
        new DeadLetter("€".repeat(9_999), "decode", "in", 0, 0, Optional.empty(), Optional.empty());
    assertThat(headers(new DeadLetterFormat("dead", 1 << 20).record(letter)).get("anabranch.error"))
        .hasSize(2_001)
        .endsWith("€…");
  }
}
