package io.anabranch.bench;

import io.anabranch.models.learner.Placement;
import io.anabranch.operators.embed.Features;
import io.anabranch.operators.embed.Label;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.OnlineLearning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The embedding API at work: dense vectors of 40 features from an in-process source at parallelism
 * 2, one shared logistic regression, predictions taken. Prints records per second, CPU time per
 * record, and how long it takes from when one trainer learns an example until the other one uses
 * weights that include it.
 */
public final class Embedded {
  private static final int FEATURES = 40;
  private static final int POINTS = 1 << 13;

  private Embedded() {}

  /** A dense vector and its label. */
  public static final class Point {
    /** The features. */
    public double[] features = new double[0];

    /** The label. */
    public boolean positive;
  }

  /** Runs; the arguments are the rounds (default 3) and the rows of a run (default 10,000,000). */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
    List<Double> rates = new ArrayList<>();
    // The first round pays for class loading and compilation, and is not counted.
    for (int round = 0; round <= rounds; round++) {
      Freshness freshness = Freshness.begin();
      Measurement measured = run(rows);
      if (round > 0) {
        rates.add(measured.perSecond());
      }
      System.out.printf(
          Locale.ROOT,
          "%s: %,9.0f records/s %5.2f us CPU/record; fresh after p50 %.1f ms, p99 %.1f ms%n",
          round == 0 ? "warm-up" : "round " + round,
          measured.perSecond(),
          measured.cpuMicros(),
          freshness.millis(0.5),
          freshness.millis(0.99));
    }
    System.out.printf(Locale.ROOT, "median: %,.0f records/s%n", Measurement.median(rates));
  }

  private static Measurement run(long rows) throws Exception {
    StreamExecutionEnvironment environment = FeedbackLoop.environment();
    DataStream<Point> points =
        environment
            .fromSequence(0, rows - 1)
            .map(row -> Drawn.POINTS[(int) row.longValue() & (POINTS - 1)])
            .returns(TypeInformation.of(Point.class));
    LearningStreams<Point> learning =
        OnlineLearning.on(points)
            .features(
                Features.positions(
                    (point, into) -> {
                      double[] values = point.features;
                      for (int i = 0; i < values.length; i++) {
                        into.add(i, values[i]);
                      }
                    }))
            .label(Label.binary(point -> point.positive))
            .learner(TimedLogisticRegression.TYPE)
            .placement(Placement.SHARED)
            .hashBits(6)
            .attach();
    learning.predictions().sinkTo(new DiscardingSink<>());
    long cpu = Measurement.processCpuNanos();
    long nanos = environment.execute().getNetRuntime() * 1_000_000;
    return new Measurement(rows, nanos, Measurement.processCpuNanos() - cpu);
  }

  /** Points around a hyperplane, drawn once for all subtasks. */
  private static final class Drawn {
    static final Point[] POINTS = points();

    private static Point[] points() {
      SplittableRandom random = new SplittableRandom(42);
      double[] weights = random.doubles(FEATURES, -1, 1).toArray();
      Point[] points = new Point[Embedded.POINTS];
      for (int n = 0; n < points.length; n++) {
        Point point = new Point();
        point.features = new double[FEATURES];
        double score = 0;
        for (int i = 0; i < FEATURES; i++) {
          point.features[i] = random.nextGaussian();
          score += weights[i] * point.features[i];
        }
        point.positive = random.nextDouble() < 1 / (1 + Math.exp(-score));
        points[n] = point;
      }
      return points;
    }
  }
}
