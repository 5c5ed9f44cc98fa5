package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that the cluster tests run: numbers in order, decoded to examples of 31 keys. */
final class PerKeyJob {
  static final String LEARNER = "average";
  static final Target TARGET = Target.binary("1");

  // So that every run has many checkpoints, however fast the machine.
  private static final int RECORDS_PER_CHECKPOINT = 400;

  private PerKeyJob() {}

  static StreamExecutionEnvironment environment(Configuration configuration, int parallelism) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    env.setMaxParallelism(128);
    return env;
  }

  static SingleOutputStreamOperator<Example> examples(
      StreamExecutionEnvironment env, long records, Failures failures) {
    return env.fromSource(
            new DataGeneratorSource<>(
                number -> number,
                records,
                RateLimiterStrategy.perCheckpoint(RECORDS_PER_CHECKPOINT),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .setParallelism(1)
        .uid("numbers")
        .transform("decode", RecordTypes.EXAMPLE, new MeteringDecoder(LEARNER, failures))
        .setParallelism(1)
        .uid("decode");
  }

  /** Room for far fewer than the 31 keys: models go to RocksDB and back all the time. */
  static PerKeySpec spec() {
    return new PerKeySpec(
        LEARNER,
        RunningAverage.TYPE,
        new LearnerSettings(TARGET, 22, Map.of(), 1),
        KeyChoice.ENTITY,
        1_000,
        Holdout.NONE,
        RunningAverage.heapBytes(5),
        KeyLimits.NONE);
  }

  /** Everything a prediction depends on, to the last bit. */
  static String text(PredictionRecord record) {
    return record.id()
        + " v"
        + record.version()
        + " "
        + Double.doubleToRawLongBits(record.prediction().probability());
  }

  static Configuration configuration(Path checkpoints) {
    return FailingJob.configuration(checkpoints, "rocksdb", false);
  }
}
