package io.anabranch.local.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A Kafka record as one line of JSON. */
final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private JsonLine() {}

  /**
   * The value as it is when it is JSON (line breaks between tokens become blanks), else {@code
   * {"base64":…}}; a tombstone is {@code null}.
   */
  static byte[] ofValue(byte @Nullable [] value) throws IOException {
    if (value == null) {
      return NULL;
    }
    if (!isJson(value)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(line)) {
        writeBase64(json, value);
      }
      return line.toByteArray();
    }
    byte[] line = value.clone();
    for (int i = 0; i < line.length; i++) {
      // Inside a JSON string a line break is escaped: a bare one stands between tokens.
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }

  /**
   * Key, value and headers of a dead letter: {@code {"key","value","headers"}}. Each is the text of
   * its bytes, also when that is JSON, so that what arrived can be told exactly; {@code
   * {"base64":…}} when the bytes are not UTF-8.
   */
  static byte[] ofDeadLetter(ConsumerRecord<byte[], byte[]> letter) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator((OutputStream) line)) {
      json.writeStartObject();
      json.writeFieldName("key");
      writeText(json, letter.key());
      json.writeFieldName("value");
      writeText(json, letter.value());
      json.writeObjectFieldStart("headers");
      for (Header header : letter.headers()) {
        json.writeFieldName(header.key());
        writeText(json, header.value());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return line.toByteArray();
  }

  private static void writeText(JsonGenerator json, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      json.writeNull();
      return;
    }
    try {
      json.writeString(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      writeBase64(json, bytes);
    }
  }

  private static void writeBase64(JsonGenerator json, byte[] bytes) throws IOException {
    json.writeStartObject();
    json.writeStringField("base64", Base64.getEncoder().encodeToString(bytes));
    json.writeEndObject();
  }

  private static boolean isJson(byte[] value) throws IOException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
    // From text, because from bytes the parser would also take UTF-16 and UTF-32.
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }
}
