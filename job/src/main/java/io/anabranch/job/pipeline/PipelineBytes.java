package io.anabranch.job.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of a pipeline file as text. */
public final class PipelineBytes {
  private static final int MOST = 1 << 20;

  private PipelineBytes() {}

  /**
   * Reads UTF-8 to the end; a byte order mark is skipped by the reader of YAML.
   *
   * @param fileName the file's name as the user gave it
   * @throws PipelineException when the bytes are no UTF-8, or more than a mebibyte
   */
  public static String text(String fileName, InputStream in) throws IOException, PipelineException {
    byte[] bytes = in.readNBytes(MOST + 1);
    if (bytes.length > MOST) {
      throw refused(fileName, 0, "must be at most 1 MiB, got more; is it the data?");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(left, text, true);
    if (result.isError()) {
      text.flip();
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      String found = String.format("0x%02X", bytes[left.position()]);
      throw refused(fileName, line, "must be text in UTF-8, got the byte " + found);
    }
    return text.flip().toString();
  }

  private static PipelineException refused(String fileName, int line, String rule) {
    return new PipelineException(List.of(new Problem(fileName, line, "", rule)));
  }
}
