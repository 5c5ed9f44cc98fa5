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
 *
 * <p>Source, members and votes are threads of their own, so a job at parallelism 1 keeps more than
 * one core busy, and where there are two, parallelism 2 can't be twice as fast. What two subtasks
 * on two cores would be to one on one core is the CPU time per record at 1 / that at 2; what cores
 * enough give, the CPU time of the busiest members at 1 / twice that at 2.
 */
public final class EnsembleScaling {
  private static final String TYPE = "online-bagging";
  private static final int HASH_BITS = 10;
  private static final int WINDOW = 1_000;

  private EnsembleScaling() {}

  /** What a run took, what of it was in the busiest thread with members, and its figures. */
  private record Run(Measurement took, double busiestMicros, String figures) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,8.0f records/s, us CPU/record %5.2f, %5.2f of them in the busiest members",
          took.perSecond(),
          took.cpuMicros(),
          busiestMicros);
    }
  }

  /** Runs; the arguments are the rounds (default 3) and the rows of a run (default 3,000,000). */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3_000_000;
    List<Double> efficiencies = new ArrayList<>();
    List<Double> bounds = new ArrayList<>();
    List<Double> works = new ArrayList<>();
    // The first round pays for class loading and compilation, and is not counted.
    for (int round = 0; round <= rounds; round++) {
      Run plain = plain(rows);
      Run one = job(rows, 1);
      Run two = job(rows, 2);
      double efficiency = two.took().perSecond() / (2 * one.took().perSecond());
      double bound = one.busiestMicros() / (2 * two.busiestMicros());
      double work = one.took().cpuMicros() / two.took().cpuMicros();
      if (round > 0) {
        efficiencies.add(efficiency);
        bounds.add(bound);
        works.add(work);
      }
      System.out.printf(
          Locale.ROOT,
          "%s%n  plain loop     %s%n  parallelism 1  %s%n  parallelism 2  %s%n"
              + "  efficiency %.2f, of all CPU time %.2f, of the busiest members %.2f; figures %s%n",
          round == 0 ? "warm-up" : "round " + round,
          plain,
          one,
          two,
          efficiency,
          work,
          bound,
          plain.figures().equals(one.figures()) && one.figures().equals(two.figures())
              ? "the same: " + one.figures()
              : "differ: " + List.of(plain.figures(), one.figures(), two.figures()));
    }
    System.out.printf(
        Locale.ROOT,
        "median parallel efficiency: %.2f, of all CPU time %.2f, of the busiest members %.2f%n",
        Measurement.median(efficiencies),
        Measurement.median(works),
        Measurement.median(bounds));
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
    long cpu = Measurement.processCpuNanos();
    long begun = System.nanoTime();
    for (long row = 0; row < rows; row++) {
      source.fill(example, row);
      learner.predict(example, prediction);
      sketch.score(prediction, example);
      learner.learn(example);
    }
    long nanos = System.nanoTime() - begun;
    Measurement took = new Measurement(rows, nanos, Measurement.processCpuNanos() - cpu);
    return new Run(took, took.cpuMicros(), text(sketch.figures()));
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
    long cpu = Measurement.processCpuNanos();
    try (ThreadTimes threads = new ThreadTimes("bag ")) {
      JobClient job = environment.executeAsync();
      String figures = "";
      while (reports.hasNext()) {
        MetricsReport report = reports.next();
        figures = report.window() == 0 ? text(report.figures()) : figures;
      }
      long nanos = job.getJobExecutionResult().get().getNetRuntime() * 1_000_000;
      return new Run(
          new Measurement(rows, nanos, Measurement.processCpuNanos() - cpu),
          threads.busiestNanos("bag members") / 1e3 / rows,
          figures);
    }
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
