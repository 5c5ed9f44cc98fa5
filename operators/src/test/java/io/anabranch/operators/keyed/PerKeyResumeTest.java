package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.flink.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped with a savepoint, as Ctrl-C does, and goes on at another parallelism. */
class PerKeyResumeTest {
  private static final int RECORDS = 12_000;
  private static final int STOP_AFTER = 3_000;
  private static final Queue<String> PREDICTIONS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final CompletableFuture<Boolean> ENOUGH = new CompletableFuture<>();

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(1, 2);

  @TempDir Path checkpoints;

  @Test
  void aStoppedRunGoesOnAsIfItHadNeverStopped() throws Exception {
    JobClient job = start(PerKeyJob.configuration(checkpoints), 2);
    ENOUGH.get(5, TimeUnit.MINUTES);
    String savepoint =
        job.stopWithSavepoint(
                false,
                checkpoints.resolve("stopped").toUri().toString(),
                SavepointFormatType.NATIVE)
            .get(5, TimeUnit.MINUTES);
    job.getJobExecutionResult().get(5, TimeUnit.MINUTES);
    assertThat(PREDICTIONS).hasSizeBetween(STOP_AFTER, RECORDS - 1);

    start(
            PerKeyJob.configuration(checkpoints)
                .set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint),
            1)
        .getJobExecutionResult()
        .get(5, TimeUnit.MINUTES);
    assertThat(sorted(PREDICTIONS)).isEqualTo(uninterrupted());
  }

  private static JobClient start(Configuration configuration, int parallelism) throws Exception {
    StreamExecutionEnvironment env = PerKeyJob.environment(configuration, parallelism);
    PerKeyTraining.attach(PerKeyJob.examples(env, RECORDS, new Failures()), PerKeyJob.spec())
        .predictions()
        .map(
            record -> {
              String text = PerKeyJob.text(record);
              PREDICTIONS.add(text);
              if (COUNT.incrementAndGet() == STOP_AFTER) {
                ENOUGH.complete(true);
              }
              return text;
            })
        .returns(Types.STRING)
        .uid("observe")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return env.executeAsync();
  }

  private static List<String> uninterrupted() throws Exception {
    List<String> predictions = new ArrayList<>();
    try (PerKeyHarness harness = new PerKeyHarness(1_000).open()) {
      for (long number = 0; number < RECORDS; number++) {
        harness.process(MeteringDecoder.example(number));
      }
      harness.records().forEach(record -> predictions.add(PerKeyJob.text(record)));
    }
    return sorted(predictions);
  }

  private static List<String> sorted(Iterable<String> texts) {
    List<String> sorted = new ArrayList<>();
    texts.forEach(sorted::add);
    sorted.sort(null);
    return sorted;
  }
}
