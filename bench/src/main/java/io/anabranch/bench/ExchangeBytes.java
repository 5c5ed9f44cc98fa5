package io.anabranch.bench;

import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.ExchangeSettings;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * How many bytes the exchange moves per example of the click-through stream at parallelism 2, both
 * ways, for several K and codings; counted by Flink at the receiving end of each edge. How often
 * weights are published goes by the clock, so a faster machine moves fewer. With the log loss of
 * all predictions, which tells what freshness and codings cost.
 */
public final class ExchangeBytes {
  private static final int[] EXAMPLES_PER_SHIPMENT = {50, 500, 5_000};
  private static final long[] PUBLISH_MILLIS = {4, 100};
  private static final DoubleAdder LOG_LOSS = new DoubleAdder();
  private static final List<ExchangeCoding> CODINGS =
      List.of(
          ExchangeCoding.EXACT,
          new ExchangeCoding(true, 0),
          new ExchangeCoding(false, 0.9),
          new ExchangeCoding(true, 0.9));

  private ExchangeBytes() {}

  /** Runs; the argument is the rows of a run (default 4,000,000). */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4_000_000;
    ExchangeSettings usual = ExchangeSettings.DEFAULT;
    Configuration configuration = FeedbackLoop.configuration();
    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(FeedbackLoop.PARALLELISM)
            .build();
    MiniCluster flink = new MiniCluster(cluster);
    try {
      flink.start();
      int grown = EXAMPLES_PER_SHIPMENT[EXAMPLES_PER_SHIPMENT.length - 1];
      for (long millis : PUBLISH_MILLIS) {
        run(
            flink,
            configuration,
            rows,
            new ExchangeSettings(grown, usual.intervalMillis(), millis));
      }
      for (ExchangeCoding coding : CODINGS) {
        for (int examples : EXAMPLES_PER_SHIPMENT) {
          run(
              flink,
              configuration,
              rows,
              new ExchangeSettings(
                  examples, usual.intervalMillis(), usual.publishMillis(), coding));
        }
      }
    } finally {
      flink.closeAsync().get();
    }
  }

  private static void run(
      MiniCluster flink, Configuration configuration, int rows, ExchangeSettings exchange)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    LOG_LOSS.reset();
    FeedbackLoop.looped(FeedbackLoop.clicks(environment, rows), exchange)
        .map(ExchangeBytes::addLogLoss)
        .returns(RecordTypes.PREDICTION)
        .sinkTo(new DiscardingSink<>());
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    long runtime = flink.executeJobBlocking(graph).getNetRuntime();
    System.out.printf(
        Locale.ROOT,
        "K = %,5d, publish: %d ms, floats: %s, hold: %.1f: %,9.0f records/s; deltas %6.1f"
            + " bytes/example, weights %6.1f bytes/example; log loss %.5f%n",
        exchange.examples(),
        exchange.publishMillis(),
        exchange.coding().rounded() ? "16-bit" : "32-bit",
        exchange.coding().hold(),
        1e3 * rows / runtime,
        (double) bytesInto(flink, graph.getJobID(), "lr-shards") / rows,
        (double) bytesInto(flink, graph.getJobID(), "lr-receiver") / rows,
        LOG_LOSS.sum() / rows);
  }

  private static PredictionRecord addLogLoss(PredictionRecord record) {
    double positive = record.prediction().probability();
    LOG_LOSS.add(-Math.log(record.label().equals("1") ? positive : 1 - positive));
    return record;
  }

  private static long bytesInto(MiniCluster flink, JobID job, String operator) throws Exception {
    AccessExecutionGraph graph = flink.getArchivedExecutionGraph(job).get();
    long bytes = 0;
    for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
      if (vertex.getTaskNameWithSubtaskIndex().startsWith(operator)) {
        bytes += vertex.getCurrentExecutionAttempt().getIOMetrics().getNumBytesIn();
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("nothing reached " + operator);
    }
    return bytes;
  }
}
