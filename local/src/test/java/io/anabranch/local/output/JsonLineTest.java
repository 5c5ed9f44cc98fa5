package io.anabranch.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(byte[] value) throws Exception {
    return new String(JsonLine.ofValue(value), StandardCharsets.UTF_8);
  }

  @Test
  void jsonStaysAsItIsOnOneLine() throws Exception {
    assertThat(line(utf8("{\"a\":1.50,\n \"b\":\"x\\ny\"}\r\n")))
        .isEqualTo("{\"a\":1.50,  \"b\":\"x\\ny\"}  ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hello", "{\"a\":", "{} {}", "NaN", "{\"a\":NaN}"})
  void whatIsNoJsonIsBase64(String value) throws Exception {
    assertThat(line(utf8(value))).startsWith("{\"base64\":\"").endsWith("\"}");
  }

  @Test
  void jsonInAnotherEncodingIsBase64() throws Exception {
    assertThat(line("{\"a\":1}".getBytes(Charset.forName("UTF-16LE")))).startsWith("{\"base64\"");
    assertThat(line(new byte[] {'"', (byte) 0xFF, '"'})).isEqualTo("{\"base64\":\"Iv8i\"}");
  }

  @Test
  void aTombstoneIsNull() throws Exception {
    assertThat(line(null)).isEqualTo("null");
  }

  @Test
  void aDeadLetterShowsWhatArrivedAndWhy() throws Exception {
    ConsumerRecord<byte[], byte[]> letter =
        new ConsumerRecord<>("t", 0, 7, utf8("k"), utf8("{\"x\":1e400}"));
    letter.headers().add("anabranch.error", utf8("x: not finite"));

    assertThat(new String(JsonLine.ofDeadLetter(letter), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"key\":\"k\",\"value\":\"{\\\"x\\\":1e400}\","
                + "\"headers\":{\"anabranch.error\":\"x: not finite\"}}");
  }

  @Test
  void aDeadLetterOfOtherBytesIsBase64() throws Exception {
    ConsumerRecord<byte[], byte[]> letter =
        new ConsumerRecord<>("t", 0, 7, null, new byte[] {(byte) 0xFF});

    assertThat(new String(JsonLine.ofDeadLetter(letter), StandardCharsets.UTF_8))
        .isEqualTo("{\"key\":null,\"value\":{\"base64\":\"/w==\"},\"headers\":{}}");
  }
}
