package io.anabranch.operators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.keyed.FailingJob;
import io.anabranch.operators.keyed.Failures;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole job on a cluster in the process that fails in the middle of the stream. */
class EnsembleTrainingTest {
  // Odd: of two sources one ends a checkpoint before the other, which must not stop checkpoints.
  private static final int RECORDS = 8_001;
  // So that every run has many checkpoints, however fast the machine.
  private static final int RECORDS_PER_CHECKPOINT = 500;
  private static final EnsembleSpec SPEC = EnsembleHarness.spec(Holdout.NONE, 5);
  private static final PlainEnsemble PLAIN =
      PlainEnsemble.of(SPEC, RECORDS, EnsembleHarness::example);

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(2, 2);

  @TempDir Path checkpoints;

  private record Outcome(
      Map<String, String> predictions, Map<String, String> members, long learned) {}

  @ParameterizedTest
  @CsvSource({
    "1, hashmap, false",
    "2, rocksdb, false",
    "2, rocksdb, true",
    "4, hashmap, true",
  })
  void afterFailuresPredictionsAndMembersAreThoseOfThePlainModelBitForBit(
      int parallelism, String backend, boolean unaligned) throws Exception {
    Failures failures = new Failures(3_100L, 3_105L, 6_300L);
    Outcome outcome = run(1, parallelism, backend, unaligned, failures);

    assertThat(failures.allHappened()).isTrue();
    assertThat(outcome.predictions()).isEqualTo(PLAIN.predictions());
    assertThat(outcome.members()).isEqualTo(PLAIN.members());
    assertThat(outcome.learned()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofTwoSourcesEveryRecordIsPredictedOnceAndLearnedByEveryMember(boolean unaligned)
      throws Exception {
    Failures failures = new Failures(1_700L, 6_100L);
    Outcome outcome = run(2, 3, "hashmap", unaligned, failures);

    assertThat(failures.allHappened()).isTrue();
    assertThat(outcome.predictions())
        .hasSize(RECORDS)
        .containsOnlyKeys(PLAIN.predictions().keySet());
    assertThat(outcome.members())
        .hasSize(5)
        .allSatisfy((member, model) -> assertThat(model).startsWith("v" + RECORDS + " "));
    assertThat(outcome.learned()).isEqualTo(RECORDS);
  }

  private Outcome run(
      int sources, int parallelism, String backend, boolean unaligned, Failures failures)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            FailingJob.configuration(checkpoints, backend, unaligned));
    env.setParallelism(parallelism);
    SingleOutputStreamOperator<Example> examples =
        FailingJob.examples(
            env, sources, RECORDS, RECORDS_PER_CHECKPOINT, failures, EnsembleHarness::example);
    LearnerStreams streams = EnsembleTraining.attach(examples, SPEC, parallelism);
    Iterator<String> predicted =
        streams
            .predictions()
            .map(
                record ->
                    "%s=v%d %s %s"
                        .formatted(
                            record.id(),
                            record.version(),
                            record.label(),
                            Double.toHexString(record.prediction().probability())))
            .returns(Types.STRING)
            .collectAsync();
    Iterator<ModelRecord.Block> blocks = streams.blocks().collectAsync();
    Iterator<MetricsChunk> metrics = streams.metrics().collectAsync();
    env.executeAsync();

    Map<String, String> predictions = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    predicted.forEachRemaining(
        text -> {
          int equals = text.indexOf('=');
          if (predictions.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
            twice.add(text);
          }
        });
    assertThat(twice).isEmpty();
    Map<String, String> members = new TreeMap<>();
    blocks.forEachRemaining(
        block ->
            members.put(
                block.block(), "v" + block.version() + " " + Arrays.hashCode(block.payload())));
    long learned = 0;
    while (metrics.hasNext()) {
      learned += metrics.next().learned();
    }
    return new Outcome(predictions, members, learned);
  }
}
