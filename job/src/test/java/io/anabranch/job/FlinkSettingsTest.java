package io.anabranch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.kafka.StartException;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.TestPipelines;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {
  private static final Pipeline PLAIN = TestPipelines.with(Map.of(), "checkpoints");

  @Test
  void withoutAWordFromAnybodyTheJobIsRestartedFromIncrementalCheckpointsInRocksDb() {
    Configuration settings = FlinkSettings.of(PLAIN, new Configuration());
    assertThat(settings.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(settings.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofMillis(500));
    assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(settings.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    assertThat(settings.get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("exponential-delay");
    assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("p");
  }

  @Test
  void whatTheClusterHasConfiguredIsLeftAlone() {
    Configuration cluster =
        new Configuration()
            .set(StateBackendOptions.STATE_BACKEND, "hashmap")
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    Configuration settings = FlinkSettings.of(PLAIN, cluster);
    assertThat(settings.contains(StateBackendOptions.STATE_BACKEND)).isFalse();
    assertThat(settings.contains(RestartStrategyOptions.RESTART_STRATEGY)).isFalse();
  }

  @Test
  void rocksDbIsSetUpForStateThatIsReadByKey() {
    assertThat(rocksDb(PLAIN, new Configuration()))
        .isEqualTo(
            Map.of(
                "state.backend.rocksdb.use-bloom-filter", "true",
                "state.backend.rocksdb.writebuffer.size", "32 mb",
                "state.backend.rocksdb.writebuffer.count", "4",
                "state.backend.rocksdb.compaction.level.target-file-size-base", "32 mb",
                "state.backend.rocksdb.compression.per.level", "LZ4_COMPRESSION",
                "state.backend.rocksdb.options-factory", "io.anabranch.job.RocksDbForModels",
                "state.backend.rocksdb.thread.num", "8"));
  }

  @Test
  void whatSomebodySaidOfRocksDbIsLeftAlone() {
    Configuration cluster = new Configuration();
    cluster.setString("state.backend.rocksdb.use-bloom-filter", "false");
    cluster.setString("state.backend.rocksdb.writebuffer.size", "64mb");
    assertThat(rocksDb(PLAIN, cluster))
        .containsOnlyKeys(
            "state.backend.rocksdb.writebuffer.count",
            "state.backend.rocksdb.compaction.level.target-file-size-base",
            "state.backend.rocksdb.compression.per.level",
            "state.backend.rocksdb.options-factory",
            "state.backend.rocksdb.thread.num");
    String predefined = "state.backend.rocksdb.predefined-options";
    cluster.setString(predefined, "FLASH_SSD_OPTIMIZED");
    assertThat(rocksDb(PLAIN, cluster)).isEmpty();

    assertThat(
            rocksDb(
                TestPipelines.with(Map.of(predefined, "FLASH_SSD_OPTIMIZED"), "c"),
                new Configuration()))
        .containsOnlyKeys(predefined);
    assertThat(
            rocksDb(
                TestPipelines.with(Map.of("state.backend.rocksdb.use-bloom-filter", "false"), "c"),
                new Configuration()))
        .containsEntry("state.backend.rocksdb.use-bloom-filter", "false");
  }

  @Test
  void anOptionsFactoryOfOnesOwnIsTheOnlyOne() {
    String factory = "state.backend.rocksdb.options-factory";
    Configuration cluster = new Configuration();
    cluster.setString(factory, "com.example.Ours");
    assertThat(rocksDb(PLAIN, cluster)).doesNotContainKey(factory);
    assertThat(rocksDb(TestPipelines.with(Map.of(factory, "com.example.Ours"), "c"), cluster))
        .containsEntry(factory, "com.example.Ours");
  }

  private static Map<String, String> rocksDb(Pipeline pipeline, Configuration given) {
    Map<String, String> settings = FlinkSettings.of(pipeline, given).toMap();
    settings.keySet().removeIf(key -> !key.startsWith("state.backend.rocksdb."));
    return settings;
  }

  @Test
  void aNativeOptionOfThePipelineWinsOverAll() {
    Pipeline pipeline =
        TestPipelines.with(
            Map.of(
                "state.backend.type", "hashmap",
                "execution.checkpointing.interval", "3 s",
                "web.timeout", "7 s"),
            "checkpoints");
    Configuration settings =
        FlinkSettings.of(
            pipeline, new Configuration().set(StateBackendOptions.STATE_BACKEND, "rocksdb"));
    assertThat(settings.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
    assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.getString("web.timeout", "")).isEqualTo("7 s");
  }

  @Test
  void whatTheJobReliesOnCannotBeSwitchedOff() {
    Pipeline pipeline =
        TestPipelines.with(
            Map.of("pipeline.object-reuse", "false", "pipeline.max-parallelism", "7"), "c");
    Configuration settings = FlinkSettings.of(pipeline, new Configuration());
    assertThat(settings.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(settings.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
    assertThat(settings.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(settings.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
  }

  @Test
  void checkpointsGoWhereAUriSays() {
    Pipeline pipeline = TestPipelines.with(Map.of(), "s3://bucket/checkpoints");
    assertThat(
            FlinkSettings.of(pipeline, new Configuration())
                .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("s3://bucket/checkpoints");
    assertThatCode(() -> CheckpointPlace.requireForCluster(pipeline, new Configuration()))
        .doesNotThrowAnyException();
  }

  @Test
  void aPathIsRefusedOnAClusterThatHasNoPlaceOfItsOwn() {
    assertThatThrownBy(() -> CheckpointPlace.requireForCluster(PLAIN, new Configuration()))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "checkpoint.dir must be a URI on a cluster, such as s3://bucket/checkpoints,"
                + " got 'checkpoints'; or configure execution.checkpointing.dir for the cluster");
    Configuration cluster =
        new Configuration().set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://own");
    assertThatCode(() -> CheckpointPlace.requireForCluster(PLAIN, cluster))
        .doesNotThrowAnyException();
    assertThat(
            FlinkSettings.of(PLAIN, cluster).contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isFalse();
  }
}
