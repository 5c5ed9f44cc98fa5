package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.TestCluster;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole job on a cluster in the process that fails in the middle of a skewed stream. */
class SplitTrainingTest {
  private static final int RECORDS = 60_000;
  // So that every run has many checkpoints, however fast the machine.
  private static final int RECORDS_PER_CHECKPOINT = 1_500;
  // So that a model that grows by a few hundred examples per checkpoint is soon a grown one.
  private static final long SHIP_MILLIS = 10;
  private static final PerKeySpec SPEC = spec("naive-bayes");
  private static final LearnerProvider PROVIDER =
      new LearnerRegistry(SplitTrainingTest.class.getClassLoader()).find(SPEC.type()).orElseThrow();

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.of(2, 2);

  @TempDir Path checkpoints;

  /**
   * What came out of a run.
   *
   * @param probabilities by id
   * @param hotSubtasks which subtasks predicted records of the hot key
   * @param models the newest of each key
   * @param learned by the metrics
   */
  private record Outcome(
      Map<String, Double> probabilities,
      Set<Integer> hotSubtasks,
      Map<String, byte[]> models,
      long learned) {}

  private static PerKeySpec spec(String type) {
    return new PerKeySpec(
        "bayes", type, SkewedExamples.SETTINGS, KeyChoice.ENTITY, 1_000, Holdout.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, hashmap, false",
    "2, 2, rocksdb, true",
    "2, 4, hashmap, false",
    "3, 3, hashmap, true",
  })
  void afterFailuresEveryExampleOfASplitKeyCountsOnce(
      int sources, int parallelism, String backend, boolean unaligned) throws Exception {
    Failures failures = new Failures(17_100L, 17_105L, 42_300L);
    Outcome outcome = run(sources, parallelism, backend, unaligned, failures);

    assertThat(failures.allHappened()).isTrue();
    assertThat(outcome.probabilities()).hasSize(RECORDS);
    assertThat(outcome.hotSubtasks()).hasSize(parallelism);
    assertThat(outcome.learned()).isEqualTo(RECORDS);
    Map<String, Learner> alone = new HashMap<>();
    double expected = 0;
    double loss = 0;
    Prediction prediction = new Prediction();
    for (long turn = 0; turn < RECORDS; turn++) {
      // As the sources take turns, each of which has a part of the numbers.
      long number = turn % sources * (RECORDS / sources) + turn / sources;
      Example example = SkewedExamples.of(number);
      Learner model =
          alone.computeIfAbsent(example.key(), key -> PROVIDER.create(SkewedExamples.SETTINGS));
      model.predict(example, prediction);
      if (example.key().equals(SkewedExamples.HOT)) {
        expected += loss(prediction.probability(), example);
        loss += loss(outcome.probabilities().get(example.id()), example);
      }
      model.learn(example);
    }
    alone.forEach((key, model) -> assertSame(key, outcome.models().get("key:" + key), model));
    assertThat(outcome.models()).hasSameSizeAs(alone);
    assertThat(loss / expected).isCloseTo(1, within(0.003));
  }

  private static double loss(double probability, Example example) {
    return -Math.log(example.target() == 1 ? probability : 1 - probability);
  }

  private static void assertSame(String key, byte[] bytes, Learner expected) {
    Learner model = PROVIDER.read(bytes, SkewedExamples.SETTINGS);
    assertThat(model.examples()).as(key).isEqualTo(expected.examples());
    Prediction one = new Prediction();
    Prediction other = new Prediction();
    for (long number = 0; number < 20; number++) {
      model.predict(SkewedExamples.of(number), one);
      expected.predict(SkewedExamples.of(number), other);
      assertThat(one.probability()).as(key).isCloseTo(other.probability(), within(1e-9));
    }
  }

  @Test
  void learnersThatAreNotSumsAreRefused() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Example> none = env.fromData(RecordTypes.EXAMPLE, new Example());

    assertThatThrownBy(() -> SplitTraining.attach(none, spec("hoeffding-tree"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "learner 'bayes': a split learner must be of sums and start from nothing, got"
                + " hoeffding-tree");
  }

  private Outcome run(
      int sources, int parallelism, String backend, boolean unaligned, Failures failures)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            FailingJob.configuration(checkpoints, backend, unaligned));
    env.setParallelism(parallelism);
    DataStream<Example> examples =
        FailingJob.examples(
            env, sources, RECORDS, RECORDS_PER_CHECKPOINT, failures, SkewedExamples::of);
    LearnerStreams streams = SplitTraining.attach(examples, SPEC, parallelism, SHIP_MILLIS);
    Iterator<String> predicted =
        streams.predictions().map(new Told()).returns(Types.STRING).collectAsync();
    Iterator<ModelRecord.Block> blocks = streams.blocks().collectAsync();
    Iterator<MetricsChunk> metrics = streams.metrics().collectAsync();
    env.executeAsync();

    Map<String, Double> probabilities = new TreeMap<>();
    Set<Integer> hotSubtasks = new TreeSet<>();
    predicted.forEachRemaining(
        text -> {
          String[] parts = text.split(" ", -1);
          assertThat(probabilities.put(parts[0], Double.parseDouble(parts[2]))).isNull();
          if (parts[1].equals(SkewedExamples.HOT)) {
            hotSubtasks.add(Integer.parseInt(parts[3]));
          }
        });
    Map<String, byte[]> models = new HashMap<>();
    blocks.forEachRemaining(block -> models.put(block.block(), block.payload()));
    long learned = 0;
    while (metrics.hasNext()) {
      learned += metrics.next().learned();
    }
    return new Outcome(probabilities, hotSubtasks, models, learned);
  }

  /** Says what a prediction is, and of which subtask. */
  private static final class Told extends RichMapFunction<PredictionRecord, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String map(PredictionRecord record) {
      return record.id()
          + " "
          + record.key()
          + " "
          + record.prediction().probability()
          + " "
          + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }
  }
}
