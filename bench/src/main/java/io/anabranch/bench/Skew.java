package io.anabranch.bench;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.keyed.KeyChoice;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.keyed.PerKeyTraining;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What one key with half of all records does to the others: a logistic regression per key at
 * parallelism 2, from an in-process source at fixed rates. Prints how long records of the other
 * keys take from when they are due to their prediction, with the keys even and with one hot key, in
 * the median of several rounds, which take turns. Records are due whether or not the job keeps up,
 * so that waiting for a slow subtask is part of the time.
 */
public final class Skew {
  private static final int[] RATES = {50_000, 100_000, 200_000, 400_000};
  private static final int KEYS = 10_000;
  private static final double HALF = 0.5;
  private static final long AT_ONCE_ROWS = 2_000_000;

  private Skew() {}

  /** Runs; the arguments are the rounds (default 5) and the seconds of a run (default 5). */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    atOnce(rounds);
    for (int rate : RATES) {
      atRate(rate, (long) rate * seconds, rounds);
    }
  }

  private static void atOnce(int rounds) throws Exception {
    Rounds runs = Rounds.of(AT_ONCE_ROWS, KeyedRows.AT_ONCE, rounds);
    double even = median(runs.even, Run::perSecond);
    double skewed = median(runs.skewed, Run::perSecond);
    System.out.printf(
        Locale.ROOT,
        "at once: even keys %,.0f records/s; half on one key %,.0f records/s, %.2f of it%n",
        even,
        skewed,
        skewed / even);
  }

  private static void atRate(int rate, long rows, int rounds) throws Exception {
    Rounds runs = Rounds.of(rows, rate, rounds);
    System.out.printf(
        Locale.ROOT,
        "%,d records/s: even keys p50 %.1f ms, p99 %.1f ms; half on one key, the others p50 %.1f ms,"
            + " p99 %.1f ms (beside it %.1f ms, elsewhere %.1f ms)%n",
        rate,
        median(runs.even, run -> run.latency.others(0.5)),
        median(runs.even, run -> run.latency.others(0.99)),
        median(runs.skewed, run -> run.latency.others(0.5)),
        median(runs.skewed, run -> run.latency.others(0.99)),
        median(runs.skewed, run -> run.latency.beside(0.99)),
        median(runs.skewed, run -> run.latency.elsewhere(0.99)));
  }

  private static double median(List<Run> runs, Function<Run, Double> figure) {
    return Measurement.median(runs.stream().map(figure).toList());
  }

  /** Runs with even keys and with a hot one, which took turns. */
  private record Rounds(List<Run> even, List<Run> skewed) {
    static Rounds of(long rows, double rate, int rounds) throws Exception {
      Rounds runs = new Rounds(new ArrayList<>(), new ArrayList<>());
      // The first round pays for class loading and compilation, and is not counted.
      for (int round = 0; round <= rounds; round++) {
        Run one = run(new KeyedRows(KEYS, 0, rate), rows);
        Run other = run(new KeyedRows(KEYS, HALF, rate), rows);
        if (round > 0) {
          runs.even.add(one);
          runs.skewed.add(other);
        }
      }
      return runs;
    }
  }

  /** What a run took, and its records. */
  private record Run(Measurement took, KeyLatency latency) {
    double perSecond() {
      return took.perSecond();
    }
  }

  private static Run run(KeyedRows rows, long count) throws Exception {
    KeyLatency latency = KeyLatency.begin();
    StreamExecutionEnvironment environment = FeedbackLoop.environment();
    environment.setBufferTimeout(5);
    LearnerStreams streams =
        PerKeyTraining.attach(
            environment.fromSequence(0, count - 1).map(rows).returns(RecordTypes.EXAMPLE),
            new PerKeySpec(
                "lr",
                "logistic-regression",
                new LearnerSettings(
                    Target.binary("1"), LearnerSettings.DEFAULT_HASH_BITS, Map.of(), 1),
                KeyChoice.ENTITY,
                1000,
                Holdout.NONE));
    streams
        .predictions()
        .map(new LatencyTap())
        .returns(RecordTypes.PREDICTION)
        .sinkTo(new DiscardingSink<>());
    streams.metrics().sinkTo(new DiscardingSink<>());
    streams.blocks().sinkTo(new DiscardingSink<>());
    streams.manifestParts().sinkTo(new DiscardingSink<>());
    long cpu = Measurement.processCpuNanos();
    long nanos = environment.execute().getNetRuntime() * 1_000_000;
    return new Run(new Measurement(count, nanos, Measurement.processCpuNanos() - cpu), latency);
  }
}
