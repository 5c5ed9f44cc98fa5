package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.pipeline.Pipeline.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation shows must be accepted. */
class DocumentedPipelinesTest {
  private static final Path PAGE = Path.of("../docs/pipeline.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void theExamplesOfThePageAreAccepted() throws Exception {
    List<Pipeline> pipelines = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      pipelines.add(
          PipelineFile.read(
              "pipeline.md",
              matcher.group(1),
              List.of(),
              name -> Optional.empty(),
              StubLearners.registry()));
    }

    assertThat(pipelines).extracting(Pipeline::name).containsExactly("elec2", "shop");
    assertThat(pipelines.get(1).topics().get(Output.EVENTS)).isEqualTo("shop.events");
  }

  @Test
  void theExamplesOfTheFeaturesPageAreAccepted() throws Exception {
    String before =
        """
        pipeline: p
        input: {topic: p.features}
        target: {field: y, type: multiclass}
        learners: [{id: a, type: majority-class}]
        """;
    int examples = 0;
    Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("../docs/features.md")));
    while (matcher.find()) {
      assertThat(matcher.group(1)).startsWith("features:");
      PipelineFile.read(
          "features.md",
          before + matcher.group(1),
          List.of(),
          name -> Optional.empty(),
          StubLearners.registry());
      examples++;
    }
    assertThat(examples).isEqualTo(10);
  }
}
