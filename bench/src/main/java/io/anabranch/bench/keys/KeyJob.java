package io.anabranch.bench.keys;

import io.anabranch.bench.JobMetrics;
import io.anabranch.job.FlinkSettings;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.keyed.KeyChoice;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.keyed.PerKeyTraining;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Rows, a logistic regression per key, and counts of what came out; all in this process. */
final class KeyJob {
  static final int PARALLELISM = 2;

  /** Predictions made. */
  static final LongAdder PREDICTED = new LongAdder();

  /** Those of a model that had learned. */
  static final LongAdder KNOWN = new LongAdder();

  private final KeyPlan plan;

  KeyJob(KeyPlan plan) {
    this.plan = plan;
  }

  Configuration configuration() {
    Configuration configuration =
        new Configuration()
            .set(StateBackendOptions.STATE_BACKEND, plan.backend())
            .set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM)
            .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512))
            .set(RestOptions.BIND_PORT, "0")
            .set(PipelineOptions.OBJECT_REUSE, true)
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, plan.checkpoints())
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10))
            .set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    JobMetrics.addTo(configuration);
    if (!plan.local().isEmpty()) {
      configuration.set(RocksDBOptions.LOCAL_DIRECTORIES, plan.local());
    }
    configuration.addAll(FlinkSettings.rocksDb(configuration));
    return configuration;
  }

  /** Learns: each key once, then keys by chance without end. */
  JobGraph learning() {
    return graph("learning", Long.MAX_VALUE / 4, true);
  }

  /** Asks each key once. */
  JobGraph asking() {
    return graph("asking", plan.keys() / PARALLELISM, false);
  }

  private JobGraph graph(String name, long range, boolean labelled) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration());
    environment.setMaxParallelism(ShardKeys.KEY_GROUPS);
    SingleOutputStreamOperator<Example> examples =
        environment
            .fromSequence(0, range * PARALLELISM - 1)
            .uid(name)
            .map(new KeyRows(plan, range, PARALLELISM, labelled))
            .returns(RecordTypes.EXAMPLE)
            .uid(name + "-rows");
    LearnerStreams streams =
        PerKeyTraining.attach(
            examples,
            new PerKeySpec(
                "lr",
                "logistic-regression",
                new LearnerSettings(Target.binary("1"), 22, Map.of("alpha", 0.1), 1),
                KeyChoice.ENTITY,
                1_000,
                Holdout.NONE,
                plan.heapBytes(),
                plan.limits()));
    streams
        .predictions()
        .map(KeyJob::count)
        .returns(Types.LONG)
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("predictions");
    streams.blocks().sinkTo(new DiscardingSink<>()).uid("blocks");
    return environment.getStreamGraph().getJobGraph();
  }

  private static long count(PredictionRecord record) {
    PREDICTED.increment();
    if (record.version() > 0) {
      KNOWN.increment();
    }
    return record.version();
  }
}
