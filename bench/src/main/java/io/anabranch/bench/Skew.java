package io.anabranch.bench;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.keyed.KeyChoice;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.keyed.PerKeyTraining;
import io.anabranch.operators.keyed.SplitTraining;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What one key with half of all records does to the others: a model per key at parallelism 2, from
 * an in-process source at fixed rates. Prints how long records of the other keys take from when
 * they are due to their prediction, with the keys even, with one hot key, and with that key split
 * where the learner can be, and the CPU time of the busiest thread with models, in the median of
 * several rounds, which take turns. Records are due whether or not the job keeps up, so that
 * waiting for a slow subtask is part of the time.
 */
public final class Skew {
  private static final int[] RATES = {50_000, 100_000, 200_000, 400_000};
  private static final int KEYS = 10_000;
  private static final double HALF = 0.5;
  private static final long AT_ONCE_ROWS = 2_000_000;
  private static final LearnerSettings SETTINGS =
      new LearnerSettings(Target.binary("1"), LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1);

  private final PerKeySpec spec;
  private final int features;
  private final List<Way> ways = new ArrayList<>(List.of(Way.EVEN, Way.HOT));

  private enum Way {
    EVEN("even keys"),
    HOT("half on one key"),
    SPLIT("that key split");

    private final String text;

    Way(String text) {
      this.text = text;
    }
  }

  private Skew(String type, int features) {
    this.features = features;
    spec = new PerKeySpec("skew", type, SETTINGS, KeyChoice.ENTITY, 1000, Holdout.NONE);
    LearnerProvider provider =
        new LearnerRegistry(Skew.class.getClassLoader()).require(spec.learner(), type);
    if (SplitTraining.isPossible(provider, SETTINGS)) {
      ways.add(Way.SPLIT);
    }
  }

  /**
   * Runs; the arguments are the rounds (default 5), the seconds of a run (default 5), the type of
   * the learner (default logistic-regression) and the numbers of a row (default 8).
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    String type = arguments.length > 2 ? arguments[2] : "logistic-regression";
    Skew skew = new Skew(type, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 8);
    skew.atOnce(rounds);
    for (int rate : RATES) {
      skew.atRate(rate, (long) rate * seconds, rounds);
    }
  }

  private void atOnce(int rounds) throws Exception {
    Map<Way, List<Run>> runs = rounds(AT_ONCE_ROWS, KeyedRows.AT_ONCE, rounds);
    System.out.println("at once");
    double even = median(of(runs, Way.EVEN), run -> run.took.perSecond());
    for (Way way : ways) {
      double perSecond = median(of(runs, way), run -> run.took.perSecond());
      System.out.printf(
          Locale.ROOT,
          "  %-16s %,9.0f records/s, %.2f of even keys; %s%n",
          way.text,
          perSecond,
          perSecond / even,
          cpu(of(runs, way)));
    }
  }

  private void atRate(int rate, long rows, int rounds) throws Exception {
    Map<Way, List<Run>> runs = rounds(rows, rate, rounds);
    System.out.printf(Locale.ROOT, "%,d records/s%n", rate);
    for (Way way : ways) {
      List<Run> all = of(runs, way);
      System.out.printf(
          Locale.ROOT,
          "  %-16s the others p50 %.1f ms, p99 %.1f ms (beside it %.1f ms, elsewhere %.1f ms); %s%n",
          way.text,
          median(all, run -> run.latency.others(0.5)),
          median(all, run -> run.latency.others(0.99)),
          median(all, run -> run.latency.beside(0.99)),
          median(all, run -> run.latency.elsewhere(0.99)),
          cpu(all));
    }
  }

  private static String cpu(List<Run> runs) {
    return String.format(
        Locale.ROOT,
        "us CPU/record %.2f, %.2f of them in the busiest thread with models",
        median(runs, run -> run.took.cpuMicros()),
        median(runs, Run::busiestMicros));
  }

  private static double median(List<Run> runs, Function<Run, Double> figure) {
    return Measurement.median(runs.stream().map(figure).toList());
  }

  private static List<Run> of(Map<Way, List<Run>> runs, Way way) {
    return Objects.requireNonNull(runs.get(way));
  }

  /** Runs of all ways, which took turns. */
  private Map<Way, List<Run>> rounds(long rows, double rate, int rounds) throws Exception {
    Map<Way, List<Run>> runs = new EnumMap<>(Way.class);
    // The first round pays for class loading and compilation, and is not counted.
    for (int round = 0; round <= rounds; round++) {
      for (Way way : ways) {
        Run run = run(way, rate, rows);
        if (round > 0) {
          runs.computeIfAbsent(way, first -> new ArrayList<>()).add(run);
        }
      }
    }
    return runs;
  }

  /** What a run took, what of it was in the busiest thread with models, and its records. */
  private record Run(Measurement took, double busiestMicros, KeyLatency latency) {}

  private Run run(Way way, double rate, long count) throws Exception {
    KeyLatency latency = KeyLatency.begin();
    StreamExecutionEnvironment environment = FeedbackLoop.environment();
    environment.setBufferTimeout(5);
    SingleOutputStreamOperator<Example> examples =
        environment
            .fromSequence(0, count - 1)
            .map(new KeyedRows(KEYS, features, way == Way.EVEN ? 0 : HALF, rate))
            .returns(RecordTypes.EXAMPLE);
    LearnerStreams streams =
        way == Way.SPLIT
            ? SplitTraining.attach(examples, spec, FeedbackLoop.PARALLELISM)
            : PerKeyTraining.attach(examples, spec);
    streams
        .predictions()
        .map(new LatencyTap())
        .returns(RecordTypes.PREDICTION)
        .sinkTo(new DiscardingSink<>());
    streams.metrics().sinkTo(new DiscardingSink<>());
    streams.blocks().sinkTo(new DiscardingSink<>());
    streams.manifestParts().sinkTo(new DiscardingSink<>());
    long cpu = Measurement.processCpuNanos();
    try (ThreadTimes threads = new ThreadTimes(spec.learner() + " ")) {
      long nanos = environment.execute().getNetRuntime() * 1_000_000;
      return new Run(
          new Measurement(count, nanos, Measurement.processCpuNanos() - cpu),
          Math.max(
                  threads.busiestNanos(spec.learner() + " models"),
                  threads.busiestNanos(spec.learner() + " helpers"))
              / 1e3
              / count,
          latency);
    }
  }
}
