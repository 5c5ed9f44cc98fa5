package io.anabranch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClusterTestsTest {

  @Test
  void aNumberOutOfRangeIsRefusedBeforeAnythingStarts() {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new ClusterTests())
            .setErr(new PrintWriter(errors, true))
            .execute("--faults", "-1");
    assertThat(status).isEqualTo(2);
    assertThat(errors.toString()).startsWith("--faults must be >= 0, got -1");
  }

  @Test
  void anUnknownOptionIsRefused() {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new ClusterTests())
            .setErr(new PrintWriter(errors, true))
            .execute("--fault", "1");
    assertThat(status).isEqualTo(2);
    assertThat(errors.toString()).contains("--fault");
  }
}
