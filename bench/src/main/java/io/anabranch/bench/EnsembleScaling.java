package io.anabranch.bench;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.models.metrics.PrequentialSketch;
import io.anabranch.operators.ensemble.EnsembleSpec;
import io.anabranch.operators.ensemble.EnsembleTraining;
import io.anabranch.operators.evaluation.Evaluation;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What spreading an ensemble brings: online bagging of ten Hoeffding trees from an in-process
 * source at parallelism 1 and 2, beside the same learner in a plain loop. Prints records per second
 * and CPU time per record of each, the parallel efficiency (speed at 2 / twice the speed at 1), and
 * whether all three scored the same.
 */
public final class EnsembleScaling {
  private static final String TYPE = "online-bagging";
  private static final int HASH_BITS = 10;
  private static final int WINDOW = 1_000;

  private EnsembleScaling() {}

  /** What a run took, and its figures. */
  private record Run(Measurement took, String figures) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%,8.0f records/s %6.2f us CPU/record", took.perSecond(), took.cpuMicros());
    }
  }

  /** Runs; the arguments are the rounds (default 3) and the rows of a run (default 300,000). */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300_000;
    List<Double> efficiencies = new ArrayList<>();
    // The first round pays for class loading and compilation, and is not counted.
    for (int round = 0; round <= rounds; round++) {
      Run plain = plain(rows);
      Run one = job(rows, 1);
      Run two = job(rows, 2);
      double efficiency = two.took().perSecond() / (2 * one.took().perSecond());
      if (round > 0) {
        efficiencies.add(efficiency);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: plain loop %s; parallelism 1 %s; parallelism 2 %s; efficiency %.2f; figures %s%n",
          round == 0 ? "warm-up" : "round " + round,
          plain,
          one,
          two,
          efficiency,
          plain.figures().equals(one.figures()) && one.figures().equals(two.figures())
              ? "the same: " + one.figures()
              : "differ: " + List.of(plain.figures(), one.figures(), two.figures()));
    }
    efficiencies.sort(null);
    System.out.printf(
        Locale.ROOT,
        "median parallel efficiency: %.2f%n",
        efficiencies.get(efficiencies.size() / 2));
  }

  private static LearnerSettings settings() {
    return new LearnerSettings(Target.binary("1"), HASH_BITS, Map.of(), 1);
  }

  private static Run plain(int rows) {
    LearnerSettings settings = settings();
    Learner learner =
        new LearnerRegistry(EnsembleScaling.class.getClassLoader())
            .find(TYPE)
            .orElseThrow()
            .create(settings);
    TreeRows source = new TreeRows(HASH_BITS);
    PrequentialSketch sketch = new PrequentialSketch(settings.target());
    Prediction prediction = new Prediction();
    Example example = new Example();
    long cpu = FeedbackLoop.cpuNanos();
    long begun = System.nanoTime();
    for (long row = 0; row < rows; row++) {
      source.fill(example, row);
      learner.predict(example, prediction);
      sketch.score(prediction, example);
      learner.learn(example);
    }
    long nanos = System.nanoTime() - begun;
    return new Run(
        new Measurement(rows, nanos, FeedbackLoop.cpuNanos() - cpu), text(sketch.figures()));
  }

  private static Run job(int rows, int parallelism) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    LearnerStreams streams =
        EnsembleTraining.attach(
            environment
                .fromSequence(0, rows - 1)
                .setParallelism(1)
                .map(new TreeRows(HASH_BITS))
                .returns(RecordTypes.EXAMPLE)
                .setParallelism(1),
            new EnsembleSpec("bag", TYPE, settings(), WINDOW, Holdout.NONE),
            parallelism);
    streams.predictions().sinkTo(new DiscardingSink<>());
    streams.blocks().sinkTo(new DiscardingSink<>());
    streams.manifestParts().sinkTo(new DiscardingSink<>());
    Iterator<MetricsReport> reports =
        Evaluation.merge(streams.metrics(), settings().target(), WINDOW).collectAsync();
    long cpu = FeedbackLoop.cpuNanos();
    JobClient job = environment.executeAsync();
    String figures = "";
    while (reports.hasNext()) {
      MetricsReport report = reports.next();
      figures = report.window() == 0 ? text(report.figures()) : figures;
    }
    long nanos = job.getJobExecutionResult().get().getNetRuntime() * 1_000_000;
    return new Run(new Measurement(rows, nanos, FeedbackLoop.cpuNanos() - cpu), figures);
  }

  /** Without the comparison with the label before: where votes are counted, some have none. */
  private static String text(Map<String, Double> figures) {
    return String.format(
        Locale.ROOT,
        "accuracy %.6f, auc %.6f, log loss %.9f",
        figures.get("accuracy"),
        figures.get("auc"),
        figures.get("logLoss"));
  }
}
