package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.operators.evaluation.Evaluation;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.manifest.Manifests;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.ModelRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole job on a cluster in the process, with RocksDB, that fails in the middle of the stream.
 */
class PerKeyFailureTest {
  private static final long RECORDS = 6_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(1, 2);

  @TempDir Path checkpoints;

  private record Outcome(
      List<String> predictions,
      Map<String, String> models,
      List<ModelRecord.Manifest> manifests,
      MetricsReport cumulative) {}

  @Test
  void afterFailuresEveryModelAndPredictionEqualsTheUninterruptedRunBitForBit() throws Exception {
    Failures failures = new Failures(2_500L, 4_300L);
    Outcome uninterrupted = run(new Failures());
    Outcome interrupted = run(failures);

    assertThat(failures.allHappened()).isTrue();
    assertThat(uninterrupted.predictions()).hasSize((int) RECORDS);
    assertThat(interrupted.predictions()).isEqualTo(uninterrupted.predictions());
    assertThat(interrupted.models()).isEqualTo(uninterrupted.models());
  }

  @Test
  void afterFailuresEveryExampleIsCountedOnceInEvaluationAndManifests() throws Exception {
    Outcome outcome = run(new Failures(3_100L));

    MetricsReport cumulative = outcome.cumulative();
    assertThat(cumulative.scored()).isEqualTo(RECORDS);
    assertThat(cumulative.examples()).isEqualTo(RECORDS);
    assertThat(cumulative.input()).isEqualTo(new InputCounts(RECORDS, 0, 0));
    assertThat(outcome.manifests()).hasSizeGreaterThan(3);
    assertThat(outcome.manifests())
        .allSatisfy(
            manifest ->
                assertThat(manifest.offsets()).isEqualTo(Map.of("in-0", manifest.examples())));
    assertThat(outcome.manifests())
        .extracting(ModelRecord.Manifest::version)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private Outcome run(Failures failures) throws Exception {
    StreamExecutionEnvironment env = PerKeyJob.environment(PerKeyJob.configuration(checkpoints), 2);
    SingleOutputStreamOperator<Example> examples = PerKeyJob.examples(env, RECORDS, failures);
    LearnerStreams streams = PerKeyTraining.attach(examples, PerKeyJob.spec());
    DataStream<MetricsReport> reports =
        Evaluation.merge(
            streams.metrics().union(examples.getSideOutput(MeteringDecoder.METRICS)),
            PerKeyJob.TARGET,
            1_000);
    DataStream<ModelRecord.Manifest> manifests =
        Manifests.collect(streams.manifestParts(), examples.getSideOutput(MeteringDecoder.OFFSETS));

    Iterator<String> predicted =
        streams.predictions().map(PerKeyJob::text).returns(Types.STRING).collectAsync();
    Iterator<ModelRecord.Block> blocks = streams.blocks().collectAsync();
    Iterator<MetricsReport> reported = reports.collectAsync();
    Iterator<ModelRecord.Manifest> cut = manifests.collectAsync();
    env.executeAsync();

    List<String> predictions = new ArrayList<>();
    predicted.forEachRemaining(predictions::add);
    predictions.sort(null);
    Map<String, String> models = new TreeMap<>();
    Map<String, Long> versions = new TreeMap<>();
    blocks.forEachRemaining(
        block -> {
          if (versions.merge(block.block(), block.version(), Math::max) == block.version()) {
            models.put(block.block(), PerKeyHarness.text(block));
          }
        });
    List<MetricsReport> cumulative = new ArrayList<>();
    reported.forEachRemaining(report -> cumulative.add(report));
    cumulative.removeIf(report -> report.window() > 0);
    List<ModelRecord.Manifest> listed = new ArrayList<>();
    cut.forEachRemaining(listed::add);
    listed.removeIf(manifest -> manifest.offsets().isEmpty()); // nothing read since the restart
    return new Outcome(predictions, models, listed, cumulative.get(cumulative.size() - 1));
  }
}
