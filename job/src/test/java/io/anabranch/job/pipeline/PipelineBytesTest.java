package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PipelineBytesTest {
  private static String text(byte[] bytes) throws Exception {
    return PipelineBytes.text("p.yaml", new ByteArrayInputStream(bytes));
  }

  @Test
  void utf8IsRead() throws Exception {
    assertThat(text("pipeline: café ✓\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("pipeline: café ✓\n");
    assertThat(text(new byte[0])).isEmpty();
  }

  @Test
  void anotherEncodingIsRefusedWithLineAndByte() {
    assertThatThrownBy(() -> text("a: 1\nb: café\n".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(PipelineException.class)
        .hasMessage("p.yaml:2: must be text in UTF-8, got the byte 0xE9");
    assertThatThrownBy(() -> text("pipeline".getBytes(StandardCharsets.UTF_16)))
        .hasMessage("p.yaml:1: must be text in UTF-8, got the byte 0xFE");
    assertThatThrownBy(() -> text(new byte[] {'a', (byte) 0xC3}))
        .hasMessage("p.yaml:1: must be text in UTF-8, got the byte 0xC3");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> text(new byte[(1 << 20) + 1]))
        .hasMessage("p.yaml: must be at most 1 MiB, got more; is it the data?");
  }
}
