package io.anabranch.bench.large;

import io.anabranch.bench.JobMetrics;
import io.anabranch.job.FlinkSettings;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.ExchangeSettings;
import io.anabranch.operators.shared.SharedSpec;
import io.anabranch.operators.shared.SharedTraining;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A shared logistic regression over RocksDB, fed by a source without end in this process. */
final class LargeJob {
  static final int PARALLELISM = 2;
  static final String TYPE = "logistic-regression";

  private static final int MANAGED_MEGABYTES = 512;
  private static final long ROWS = 1L << 40;

  private final int bits;
  private final CoordinateLimits limits;
  private final MapFunction<Long, Example> rows;
  private final MapFunction<PredictionRecord, Long> predictions;
  private final MapFunction<ModelRecord.Block, Long> blocks;

  /**
   * A job.
   *
   * @param rows makes an example out of the number of its row
   * @param predictions is told of all predictions
   * @param blocks is told of what goes to the models topic
   */
  LargeJob(
      int bits,
      CoordinateLimits limits,
      MapFunction<Long, Example> rows,
      MapFunction<PredictionRecord, Long> predictions,
      MapFunction<ModelRecord.Block, Long> blocks) {
    this.bits = bits;
    this.limits = limits;
    this.rows = rows;
    this.predictions = predictions;
    this.blocks = blocks;
  }

  /** Of the cluster and of the job; as the project's own job has it. */
  static Configuration configuration(String checkpoints, Duration interval) {
    Configuration configuration =
        new Configuration()
            .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
            .set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM)
            .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(MANAGED_MEGABYTES))
            .set(RestOptions.BIND_PORT, "0")
            .set(RestartStrategyOptions.RESTART_STRATEGY, "none")
            .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints)
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval)
            .set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    JobMetrics.addTo(configuration);
    configuration.addAll(FlinkSettings.rocksDb(configuration));
    configuration.addAll(FlinkSettings.requirements());
    return configuration;
  }

  JobGraph graph(Configuration configuration) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setMaxParallelism(ShardKeys.KEY_GROUPS);
    SingleOutputStreamOperator<Example> examples =
        environment
            .fromSequence(0, ROWS)
            .uid("numbers")
            .map(rows)
            .returns(RecordTypes.EXAMPLE)
            .uid("rows");
    LearnerStreams streams = SharedTraining.attach(examples, spec());
    streams
        .predictions()
        .map(predictions)
        .returns(Types.LONG)
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("predictions");
    streams
        .blocks()
        .map(blocks)
        .returns(Types.LONG)
        .uid("blocks")
        .sinkTo(new DiscardingSink<>())
        .uid("models");
    streams.metrics().sinkTo(new DiscardingSink<>()).uid("metrics");
    streams.manifestParts().sinkTo(new DiscardingSink<>()).uid("parts");
    return environment.getStreamGraph().getJobGraph();
  }

  private SharedSpec spec() {
    return new SharedSpec(
        "lr",
        TYPE,
        new LearnerSettings(Target.binary("1"), bits, Map.of(), 1),
        ExchangeSettings.DEFAULT,
        1_000,
        Holdout.NONE,
        "trainers",
        PARALLELISM,
        new byte[0],
        DriftDetection.NONE,
        limits);
  }
}
