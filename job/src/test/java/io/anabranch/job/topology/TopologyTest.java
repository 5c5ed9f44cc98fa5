package io.anabranch.job.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.FlinkSettings;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
  private static final int RECORDS = 4_000;

  /** Every hundredth record cannot be decoded, every tenth has no label. */
  private static final int DEAD = RECORDS / 100;

  private static final int UNLABELLED = RECORDS / 10 - DEAD;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path checkpoints;

  private static RawRecord record(long number) {
    RawRecord record = new RawRecord();
    byte[] value = (number % 100 == 0 ? "broken" : json(number)).getBytes(UTF_8);
    record.set("p.features", 0, number, 1_000 + number, null, value);
    return record;
  }

  private static String json(long number) {
    return "{\"id\":\"r"
        + number
        + "\",\"site\":\"s"
        + number % 3
        + "\",\"day\":\"d"
        + number % 7
        + "\",\"x\":"
        + number % 11
        + (number % 10 == 0 ? "}" : ",\"y\":" + number % 2 + "}");
  }

  private static Sources numbers() {
    DataGeneratorSource<RawRecord> source =
        new DataGeneratorSource<>(
            TopologyTest::record, RECORDS, RateLimiterStrategy.perCheckpoint(800), RawRecord.TYPE);
    return () -> source;
  }

  private StreamExecutionEnvironment environment(Pipeline pipeline) {
    Configuration settings = FlinkSettings.of(pipeline, new Configuration());
    return StreamExecutionEnvironment.getExecutionEnvironment(settings);
  }

  private Pipeline pipeline(boolean spread) {
    Pipeline.LearnerEntry[] learners = {
      TestPipelines.shared("lr"),
      TestPipelines.shared("lr2"),
      TestPipelines.perKey("most", new KeyChoice.Inherited()),
      TestPipelines.perKey("most-by-day", new KeyChoice.Field("day")),
      TestPipelines.perKey("most-of-all", new KeyChoice.None()),
      TestPipelines.split("most-split"),
      TestPipelines.ensemble("bag")
    };
    return spread
        ? TestPipelines.spread(checkpoints.toUri().toString(), learners)
        : TestPipelines.at(checkpoints.toUri().toString(), learners);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRecordIsPredictedByEveryLearnerAndCountedOnce(boolean spread) throws Exception {
    Pipeline pipeline = pipeline(spread);
    CollectingSinks sinks = new CollectingSinks(pipeline);
    StreamExecutionEnvironment environment = environment(pipeline);
    Topology.define(environment, pipeline, numbers(), sinks, 2);
    environment.execute();

    assertThat(sinks.written("dead-letters")).hasSize(DEAD).contains("0@100 decode");
    for (Pipeline.LearnerEntry learner : pipeline.learners()) {
      assertThat(sinks.written("predictions-" + learner.id()))
          .hasSize(RECORDS - DEAD)
          .doesNotHaveDuplicates();
      List<String> reports =
          sinks.written("metrics").stream()
              .filter(report -> report.contains("\"" + learner.id() + "\""))
              .filter(report -> report.contains("\"cumulative\""))
              .toList();
      assertThat(reports.get(reports.size() - 1))
          .contains("\"examples\":" + (RECORDS - DEAD - UNLABELLED) + ",")
          .contains("\"records\":" + (RECORDS - DEAD) + ",")
          .contains("\"deadLetters\":" + DEAD + ",")
          .contains("\"unlabelled\":" + UNLABELLED);
    }
    assertThat(sinks.written("predictions-most"))
        .anySatisfy(json -> assertThat(json).startsWith("{\"id\":\"r1\",\"key\":\"s1\""));
    assertThat(sinks.written("predictions-most-by-day"))
        .anySatisfy(json -> assertThat(json).startsWith("{\"id\":\"r1\",\"key\":\"d1\""));
    assertThat(sinks.written("manifests"))
        .anySatisfy(line -> assertThat(line).startsWith("lr ").contains("p.features-0"))
        .anySatisfy(line -> assertThat(line).startsWith("most "))
        .anySatisfy(line -> assertThat(line).startsWith("bag "));
    assertThat(sinks.written("blocks"))
        .anySatisfy(line -> assertThat(line).startsWith("lr "))
        .contains("most key:s0", "most-by-day key:d6", "bag member:0", "bag member:9");
  }

  @Test
  void recordsReachTheTrainersInTheChainOfTheirSource() {
    Pipeline pipeline = pipeline(false);
    StreamExecutionEnvironment environment = environment(pipeline);
    Topology.define(environment, pipeline, numbers(), new CollectingSinks(pipeline), 2);
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    assertThat(graph.getVertices())
        .filteredOn(vertex -> vertex.getName().startsWith("Source: features"))
        .singleElement()
        .satisfies(
            vertex ->
                assertThat(vertex.getName())
                    .contains("decode", "lr-trainer", "lr2-trainer")
                    .contains("lr-predictions: Writer", "dead-letters: Writer"));
  }

  @Test
  void everyOperatorHasANameAndAnIdentityOfItsOwn() {
    Pipeline pipeline = pipeline(false);
    StreamExecutionEnvironment environment = environment(pipeline);
    Topology.define(environment, pipeline, numbers(), new CollectingSinks(pipeline), 2);
    StreamGraph graph = environment.getStreamGraph();
    Set<String> seen = new HashSet<>();
    for (StreamNode node : graph.getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotBlank();
      assertThat(seen.add(node.getTransformationUID())).as(node.getTransformationUID()).isTrue();
      assertThat(node.getOperatorName()).isNotBlank();
    }
    assertThat(seen)
        .contains("features", "decode", "lr-trainer", "lr-shards", "lr-receiver", "most-model")
        .contains("evaluation", "manifests");
  }

  @Test
  void parallelismHasAnUpperLimit() {
    Pipeline pipeline = TestPipelines.of(TestPipelines.shared("lr"));
    StreamExecutionEnvironment environment = environment(pipeline);
    assertThatThrownBy(
            () ->
                Topology.define(
                    environment, pipeline, numbers(), new CollectingSinks(pipeline), 129))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parallelism must be between 1 and 128, got 129");
  }
}
