package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anabranch.job.pipeline.PipelineSchema;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
  @TempDir private Path directory;

  @Test
  void theSchemaThatIsPrintedIsTheOneInTheJar() throws Exception {
    CommandFixture command = new CommandFixture(directory);

    assertThat(command.run("schema")).isZero();

    ObjectMapper json = new ObjectMapper();
    try (InputStream shipped = PipelineSchema.class.getResourceAsStream(PipelineSchema.RESOURCE)) {
      assertThat(json.readTree(command.out())).isEqualTo(json.readTree(shipped));
    }
  }
}
