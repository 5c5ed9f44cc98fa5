package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.topology.TestPipelines;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class PipelineTravelTest {

  @Test
  void aPipelineArrivesOnTheClusterAsItLeftTheClient() throws Exception {
    Pipeline pipeline =
        TestPipelines.of(
            TestPipelines.shared("lr"),
            TestPipelines.perKey("most", new Pipeline.KeyChoice.Field("day")));
    assertThat(InstantiationUtil.clone(pipeline)).isEqualTo(pipeline);
  }
}
