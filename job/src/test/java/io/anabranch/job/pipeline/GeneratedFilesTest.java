package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is generated from the code is as the code has it. */
class GeneratedFilesTest {
  private static final String COMMAND =
      "./mvnw -q -pl job -am test -Dtest=GeneratedFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true";

  private final LearnerRegistry registry =
      new LearnerRegistry(GeneratedFilesTest.class.getClassLoader());

  private static void assertCurrent(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("%s is stale; regenerate it with: %s", file, COMMAND)
        .isEqualTo(expected);
  }

  @Test
  void theJsonSchemaFollowsFromTheCode() throws Exception {
    assertCurrent(
        Path.of("src/main/resources" + PipelineSchema.RESOURCE), PipelineSchema.json(registry));
  }

  @Test
  void thePageOfThePipelineFileFollowsFromTheCode() throws Exception {
    Path page = Path.of("../docs/pipeline.md");
    assertCurrent(
        page,
        new GeneratedPage(Files.readString(page))
            .with("keys", ReferenceTables.keys(PipelineKeys.ROOT))
            .with("delivery", ReferenceTables.keys(PipelineKeys.DELIVERY))
            .with("features", ReferenceTables.keys(PipelineKeys.FEATURE))
            .with("crosses", ReferenceTables.keys(PipelineKeys.CROSS))
            .with(
                "not built yet",
                ReferenceTables.planned(PipelineKeys.ROOT, "")
                    + ReferenceTables.planned(PipelineKeys.FEATURE, "features[]."))
            .text());
  }

  @Test
  void thePageOfTheMetricsFollowsFromTheCode() throws Exception {
    Path page = Path.of("../docs/metrics.md");
    assertCurrent(
        page,
        new GeneratedPage(Files.readString(page))
            .with("metrics", ReferenceTables.metrics())
            .text());
  }

  @Test
  void thePageOfTheLearnersFollowsFromTheCode() throws Exception {
    List<LearnerProvider> providers = new ArrayList<>();
    registry.types().forEach(type -> providers.add(registry.find(type).orElseThrow()));
    Path file = Path.of("../docs/learners.md");
    GeneratedPage page =
        new GeneratedPage(Files.readString(file))
            .with("learner types", ReferenceTables.learners(providers));
    for (LearnerProvider provider : providers) {
      if (!provider.hyperparameters().isEmpty()) {
        page.with(provider.type(), ReferenceTables.hyperparameters(provider));
      }
    }

    assertCurrent(file, page.text());
  }
}
