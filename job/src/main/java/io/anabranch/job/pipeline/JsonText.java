package io.anabranch.job.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes maps, lists, texts, numbers and flags as indented JSON. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  static String of(Map<String, Object> root) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      // The same bytes on every system.
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      generator.setPrettyPrinter(printer);
      write(root, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.append('\n').toString();
  }

  private static void write(Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      generator.writeStartArray();
      for (Object entry : list) {
        write(entry, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Double number && number == Math.rint(number)) {
      generator.writeNumber(number.longValue());
    } else {
      generator.writeObject(value);
    }
  }
}
