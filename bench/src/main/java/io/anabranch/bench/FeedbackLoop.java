package io.anabranch.bench;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.ExchangeSettings;
import io.anabranch.operators.shared.SharedSpec;
import io.anabranch.operators.shared.SharedTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What the feedback loop costs: the click-through stream from an in-process source at parallelism 2
 * through a shared logistic regression, against the same chain with a learner in each subtask that
 * tells nobody. Prints records per second and CPU time per record of each run, and the ratio.
 */
public final class FeedbackLoop {
  static final int PARALLELISM = 2;

  private static final LearnerSettings SETTINGS =
      new LearnerSettings(
          Target.binary("1"), LearnerSettings.DEFAULT_HASH_BITS, Map.of("alpha", 0.1), 1);

  private FeedbackLoop() {}

  /** Runs; the arguments are the rounds (default 3) and the rows of a run (default 8,000,000). */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8_000_000;
    List<Double> ratios = new ArrayList<>();
    // The first round pays for class loading and compilation, and is not counted.
    for (int round = 0; round <= rounds; round++) {
      Measurement alone = run(rows, false);
      Measurement looped = run(rows, true);
      if (round > 0) {
        ratios.add(looped.perSecond() / alone.perSecond());
      }
      System.out.printf(
          Locale.ROOT,
          "%s: without feedback %,9.0f records/s %5.2f us CPU/record; "
              + "with it %,9.0f records/s %5.2f us CPU/record; ratio %.2f%n",
          round == 0 ? "warm-up" : "round " + round,
          alone.perSecond(),
          alone.cpuMicros(),
          looped.perSecond(),
          looped.cpuMicros(),
          looped.perSecond() / alone.perSecond());
    }
    System.out.printf(Locale.ROOT, "median ratio: %.2f%n", Measurement.median(ratios));
  }

  private static Measurement run(int rows, boolean feedback) throws Exception {
    StreamExecutionEnvironment environment = environment();
    DataStream<PredictionRecord> predictions =
        feedback
            ? looped(clicks(environment, rows), ExchangeSettings.DEFAULT)
            : clicks(environment, rows)
                .map(new LoneTrainer(SETTINGS))
                .returns(RecordTypes.PREDICTION);
    predictions.sinkTo(new DiscardingSink<>());
    long cpu = Measurement.processCpuNanos();
    long nanos = environment.execute().getNetRuntime() * 1_000_000;
    return new Measurement(rows, nanos, Measurement.processCpuNanos() - cpu);
  }

  static SingleOutputStreamOperator<Example> clicks(
      StreamExecutionEnvironment environment, int rows) {
    return environment
        .fromSequence(0, rows - 1)
        .map(new ClickRows(rows, LearnerSettings.DEFAULT_HASH_BITS))
        .returns(RecordTypes.EXAMPLE);
  }

  /** The predictions of a shared logistic regression; all else that it says is dropped. */
  static DataStream<PredictionRecord> looped(
      SingleOutputStreamOperator<Example> examples, ExchangeSettings exchange) {
    LearnerStreams streams =
        SharedTraining.attach(
            examples,
            new SharedSpec(
                "lr",
                "logistic-regression",
                SETTINGS,
                exchange,
                1000,
                Holdout.NONE,
                "trainers",
                PARALLELISM));
    streams.metrics().sinkTo(new DiscardingSink<>());
    streams.blocks().sinkTo(new DiscardingSink<>());
    streams.manifestParts().sinkTo(new DiscardingSink<>());
    return streams.predictions();
  }

  static StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration());
  }

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    return configuration;
  }
}
