package io.anabranch.bench;

import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.shared.ExchangeSettings;
import java.util.List;
import java.util.Locale;
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
 * ways, for several K; counted by Flink at the receiving end of each edge. How often weights are
 * published goes by the clock, so a faster machine moves fewer.
 */
public final class ExchangeBytes {
  private static final int[] EXAMPLES_PER_SHIPMENT = {50, 500, 5_000};
  private static final List<ExchangeCoding> CODINGS =
      List.of(
          ExchangeCoding.EXACT,
          new ExchangeCoding(true, 0),
          new ExchangeCoding(false, 0.9),
          new ExchangeCoding(true, 0.9));

  private ExchangeBytes() {}

  /** Runs; the argument is the rows of a run (default 2,000,000). */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000;
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
    FeedbackLoop.looped(FeedbackLoop.clicks(environment, rows), exchange)
        .sinkTo(new DiscardingSink<>());
    JobGraph graph = environment.getStreamGraph().getJobGraph();
    long runtime = flink.executeJobBlocking(graph).getNetRuntime();
    System.out.printf(
        Locale.ROOT,
        "K = %,5d, floats: %s, hold: %.1f: %,9.0f records/s; deltas %6.1f bytes/example,"
            + " weights %6.1f bytes/example%n",
        exchange.examples(),
        exchange.coding().rounded() ? "16-bit" : "32-bit",
        exchange.coding().hold(),
        1e3 * rows / runtime,
        (double) bytesInto(flink, graph.getJobID(), "lr-shards") / rows,
        (double) bytesInto(flink, graph.getJobID(), "lr-receiver") / rows);
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
