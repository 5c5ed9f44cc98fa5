package io.anabranch.local.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A row as one JSON object. */
final class JsonRow implements RowEncoder {
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteArrayBuilder bytes = new ByteArrayBuilder();
  private final JsonGenerator generator;

  JsonRow() {
    try {
      generator = JSON.createGenerator(bytes);
      generator.setRootValueSeparator(null);
      generator.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  @Override
  public void number(String name, String text) {
    try {
      generator.writeFieldName(name);
      generator.writeNumber(text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  @Override
  public void text(String name, String text) {
    try {
      generator.writeStringField(name, text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Opens an object inside the row; the fields that follow are its entries. */
  void open(String name) {
    try {
      generator.writeObjectFieldStart(name);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Closes what {@link #open} opened. */
  void close() {
    try {
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  @Override
  public byte[] finish() {
    try {
      generator.writeEndObject();
      generator.flush();
      byte[] row = bytes.toByteArray();
      bytes.reset();
      generator.writeStartObject();
      return row;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
