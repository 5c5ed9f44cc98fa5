package io.anabranch.modellog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON object in an array of bytes. Characters beyond the basic plane are escaped: halves of
 * surrogate pairs, which keys of entities may well hold, then come back as they were.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes the fields of an object. */
  interface FieldWriter {
    void write(JsonGenerator out) throws IOException;
  }

  /** Is called at the value of each field. */
  interface FieldReader {
    void field(String name, JsonParser in) throws IOException;
  }

  static byte[] write(FieldWriter fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  static void read(String what, byte[] bytes, FieldReader fields) {
    try (JsonParser in = FACTORY.createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new ModelLogException(what + " must be a JSON object, got " + in.currentToken());
      }
      object(in, fields);
      if (in.nextToken() != null) {
        throw new ModelLogException(
            what + " must end after its object, got " + in.currentToken() + " behind it");
      }
    } catch (IOException e) {
      throw new ModelLogException(what + " must be a JSON object: " + e.getMessage(), e);
    }
  }

  /** Reads the fields of an object at whose begin the parser stands. */
  static void object(JsonParser in, FieldReader fields) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new ModelLogException("an object was expected, got " + in.currentToken());
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      fields.field(name, in);
    }
  }

  static String text(String name, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new ModelLogException(name + " must be a text, got " + in.currentToken());
    }
    return in.getText();
  }

  static long count(String name, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new ModelLogException(name + " must be an integer, got " + in.currentToken());
    }
    long value = in.getLongValue();
    if (value < 0) {
      throw new ModelLogException(name + " must be >= 0, got " + value);
    }
    return value;
  }
}
