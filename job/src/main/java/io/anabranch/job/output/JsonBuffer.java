package io.anabranch.job.output;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One generator over one growing buffer, used again for every record. Single-threaded. */
final class JsonBuffer {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final JsonGenerator generator;

  JsonBuffer() {
    try {
      generator =
          new JsonFactoryBuilder()
              // One value per take(): nothing stands between two of them.
              .rootValueSeparator("")
              // Characters as they are, also beyond the basic plane, and not as escapes.
              .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
              .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
              .build()
              .createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a generator over memory does no I/O", e);
    }
  }

  JsonGenerator generator() {
    return generator;
  }

  /** Writes a text field; half a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD. */
  void text(String name, String text) throws IOException {
    generator.writeFieldName(name);
    generator.writeString(wellFormed(text));
  }

  /** What was written since the last call. */
  byte[] take() throws IOException {
    generator.flush();
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  /** The text with halves of surrogate pairs replaced by U+FFFD; mostly the text itself. */
  static String wellFormed(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < length
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return repaired(text);
        }
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                whole.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? 0xFFFD
                        : point));
    return whole.toString();
  }
}
