package io.anabranch.examples.embedding;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** A cluster in the process, and jobs on it. */
final class TestCluster {
  private TestCluster() {}

  static MiniClusterExtension create() {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());
  }

  /** A job with made-up input. */
  static final class Job {
    private final StreamExecutionEnvironment environment;

    Job(int parallelism) {
      environment = StreamExecutionEnvironment.getExecutionEnvironment();
      environment.setParallelism(parallelism);
      environment.enableCheckpointing(100);
    }

    DataStream<Visit> visits(long count) {
      return environment.fromSource(
          new DataGeneratorSource<>(
              Visit::number,
              count,
              RateLimiterStrategy.perCheckpoint(500),
              TypeInformation.of(Visit.class)),
          WatermarkStrategy.noWatermarks(),
          "visits");
    }

    DataStream<Visit> endlessVisits() {
      return environment.fromSource(
          new DataGeneratorSource<>(
              Visit::number,
              Long.MAX_VALUE,
              RateLimiterStrategy.perSecond(1_000),
              TypeInformation.of(Visit.class)),
          WatermarkStrategy.noWatermarks(),
          "other visits");
    }

    DataStream<Long> numbers(long count) {
      return environment.fromSource(
          new DataGeneratorSource<>(
              number -> number, count, RateLimiterStrategy.perCheckpoint(500), Types.LONG),
          WatermarkStrategy.noWatermarks(),
          "numbers");
    }

    /** Starts it; closing what comes back stops it. */
    AutoCloseable start() throws Exception {
      JobClient client = environment.executeAsync();
      return () -> client.cancel().get();
    }
  }

  static <T> List<T> drain(Iterator<T> iterator) {
    List<T> all = new ArrayList<>();
    iterator.forEachRemaining(all::add);
    return all;
  }
}
