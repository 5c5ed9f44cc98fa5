package io.anabranch.models.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** What was once written must be readable forever, and the newest format is still written so. */
class GoldenFormatTest {

  @Test
  void aModelOfFormatVersion1IsRead() throws IOException {
    SampleModel.requireSame(ModelReader.open(golden("model-v1.bin"), SampleModel.TYPE, 3));
  }

  @Test
  void aModelIsWrittenAsInFormatVersion1() throws IOException {
    assertThat(SampleModel.bytes()).isEqualTo(golden("model-v1.bin"));
  }

  @Test
  void aBlockOfFormatVersion1IsRead() throws IOException {
    SampleBlock.requireSame(
        BlockState.decode(golden("block-v1.bin"), SampleBlock.TYPE), SampleBlock.state());
  }

  @Test
  void aBlockIsWrittenAsInFormatVersion1() throws IOException {
    assertThat(SampleBlock.state().encode(SampleBlock.TYPE)).isEqualTo(golden("block-v1.bin"));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFormatTest.class.getResourceAsStream(name)) {
      assertThat(in).as("the golden file %s", name).isNotNull();
      return in.readAllBytes();
    }
  }
}
