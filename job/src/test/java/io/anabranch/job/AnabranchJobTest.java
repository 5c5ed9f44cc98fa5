package io.anabranch.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.anabranch.job.AnabranchJob.Arguments;
import io.anabranch.job.pipeline.PipelineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnabranchJobTest {
  private static final String USAGE =
      "usage: flink run anabranch-job.jar PIPELINE_URI [--set PATH=VALUE]...";

  @TempDir Path directory;

  @Test
  void optionsStandBeforeOrBehindThePipeline() {
    assertThat(Arguments.of("--set", "a=1", "p.yaml", "--set=b=2"))
        .isEqualTo(new Arguments("p.yaml", List.of("a=1", "b=2")));
  }

  @Test
  void withoutAPipelineTheUsageIsSaid() {
    assertThatThrownBy(Arguments::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("one PIPELINE_URI must be given, got 0; " + USAGE);
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThatThrownBy(() -> Arguments.of("p.yaml", "--sett", "a=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option --sett is not known; " + USAGE);
  }

  @Test
  void theVersionIsWrittenByTheBuild() {
    assertThat(Version.text()).matches("anabranch [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
  }

  @Test
  void allThatIsWrongWithAPipelineIsSaidAtOnce() throws IOException {
    Path file = Files.writeString(directory.resolve("p.yaml"), "learners: []\n");
    assertThatThrownBy(() -> AnabranchJob.main(new String[] {file.toString()}))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("pipeline")
        .hasMessageContaining("learners");
  }

  @Test
  void aPipelineIsReadFromAPathAUriAndByHttp() throws Exception {
    Path file = Files.writeString(directory.resolve("p.yaml"), "pipeline: ü\n");
    assertThat(PipelineText.read(file.toString())).isEqualTo("pipeline: ü\n");
    assertThat(PipelineText.read(file.toUri().toString())).isEqualTo("pipeline: ü\n");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/p.yaml",
        exchange -> {
          byte[] bytes = "pipeline: ü\n".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(PipelineText.read(base + "/p.yaml")).isEqualTo("pipeline: ü\n");
      assertThatThrownBy(() -> PipelineText.read(base + "/q.yaml"))
          .isInstanceOf(IOException.class)
          .hasMessage("pipeline file " + base + "/q.yaml: must be answered by 200, got 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPipelineThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> PipelineText.read("no/such.yaml"))
        .isInstanceOf(IOException.class)
        .hasMessage("pipeline file no/such.yaml: does not exist");
  }
}
