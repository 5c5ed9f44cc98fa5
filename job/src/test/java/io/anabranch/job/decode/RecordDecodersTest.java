package io.anabranch.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordDecodersTest {

  @ParameterizedTest
  @CsvSource({
    "logistic-regression, majority-class, false",
    "logistic-regression, hoeffding-tree, true",
    "naive-bayes, no-change, true"
  })
  void groupsAreSentOnlyWhereALearnerReadsThem(String first, String second, boolean grouped)
      throws Exception {
    String yaml =
        """
        pipeline: p
        input: {topic: in}
        target: {field: y, type: binary, positive: 1}
        features: auto
        learners: [{id: a, type: %s}, {id: b, type: %s}]
        """
            .formatted(first, second);
    LearnerRegistry registry = new LearnerRegistry(getClass().getClassLoader());
    Pipeline pipeline =
        PipelineFile.read("p.yaml", yaml, List.of(), name -> Optional.empty(), registry);
    Example example = new Example();
    RecordDecoders.of(pipeline, List.of())
        .decode("{\"day\":\"Monday\"}".getBytes(StandardCharsets.UTF_8), "in", 0, 0, 0, example);
    assertThat(example.features().groups()[0] != 0).isEqualTo(grouped);
  }
}
