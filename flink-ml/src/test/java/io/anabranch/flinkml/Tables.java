package io.anabranch.flinkml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.ml.linalg.typeinfo.VectorTypeInfo;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;

/** Tables of vectors and labels, in a job of their own. */
final class Tables {
  final StreamExecutionEnvironment environment;
  final StreamTableEnvironment tables;

  static MiniClusterExtension cluster() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());
  }

  Tables() {
    this(2);
  }

  Tables(int parallelism) {
    environment =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration()
                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1)
                .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO));
    environment.setParallelism(parallelism);
    environment.enableCheckpointing(50);
    tables = StreamTableEnvironment.create(environment);
  }

  /** Rows of features, label and weight; so many for each checkpoint. */
  Table points(long count, int perCheckpoint, GeneratorFunction<Long, Row> row) {
    return tables.fromDataStream(
        environment.fromSource(
            new DataGeneratorSource<>(
                row,
                count,
                RateLimiterStrategy.perCheckpoint(perCheckpoint),
                Types.ROW_NAMED(
                    new String[] {"features", "label", "weight"},
                    VectorTypeInfo.INSTANCE,
                    Types.DOUBLE,
                    Types.DOUBLE)),
            WatermarkStrategy.noWatermarks(),
            "points"));
  }

  /** A table of one row. */
  Table one(Row row, String[] names, TypeInformation<?>... types) {
    return tables.fromDataStream(environment.fromData(List.of(row), Types.ROW_NAMED(names, types)));
  }

  /** Runs the job and collects a table. */
  List<Row> collect(Table table) throws Exception {
    Iterator<Row> rows = tables.toDataStream(table).collectAsync();
    environment.executeAsync();
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return all;
  }
}
