package io.anabranch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.contrib.streaming.state.PredefinedOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.contrib.streaming.state.RocksDBResourceContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TableProperties;

class RocksDbForModelsTest {
  private static final int KEYS = 10_000;

  @Test
  void sixteenFilesAreGatheredAndWritesGoOnUntilThereAreManyMore() {
    RocksDB.loadLibrary();
    try (ColumnFamilyOptions options = new ColumnFamilyOptions()) {
      new RocksDbForModels().createColumnOptions(options, List.of());
      assertThat(options.level0FileNumCompactionTrigger()).isEqualTo(16);
      assertThat(options.level0SlowdownWritesTrigger()).isEqualTo(32);
      assertThat(options.level0StopWritesTrigger()).isEqualTo(48);
    }
  }

  @Test
  void allStatesAreWrittenOutAtOnce() {
    RocksDB.loadLibrary();
    try (DBOptions options = new DBOptions()) {
      assertThat(new RocksDbForModels().createDBOptions(options, List.of()).atomicFlush()).isTrue();
    }
  }

  @Test
  void filesHavePartitionedIndicesAndWholeFiltersOfAsManyBitsAsAreConfigured(
      @TempDir Path directory) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("state.backend.rocksdb.bloom-filter.bits-per-key", "16");
    configuration.addAll(FlinkSettings.rocksDb(configuration));
    try (RocksDBResourceContainer flink =
            new RocksDBResourceContainer(
                configuration,
                PredefinedOptions.DEFAULT,
                new RocksDbForModels(),
                null,
                null,
                false);
        Options options = new Options(flink.getDbOptions(), flink.getColumnOptions());
        FlushOptions flush = new FlushOptions();
        RocksDB database = RocksDB.open(options.setCreateIfMissing(true), directory.toString())) {
      for (int key = 0; key < KEYS; key++) {
        database.put(ByteBuffer.allocate(4).putInt(key).array(), new byte[100]);
      }
      database.flush(flush);
      TableProperties file =
          database.getPropertiesOfAllTables(database.getDefaultColumnFamily()).values().stream()
              .findFirst()
              .orElseThrow();
      assertThat(file.getIndexPartitions()).isGreaterThan(1);
      assertThat(file.getFilterSize()).isBetween(2L * KEYS, 2L * KEYS + 200);
      assertThat(options.arenaBlockSize()).isEqualTo(1 << 20);
    }
  }

  @Test
  void flinkFindsItByItsName() {
    Configuration configuration =
        new Configuration()
            .set(
                RocksDBOptions.OPTIONS_FACTORY,
                FlinkSettings.rocksDb(new Configuration()).get(RocksDBOptions.OPTIONS_FACTORY));
    EmbeddedRocksDBStateBackend backend =
        new EmbeddedRocksDBStateBackend().configure(configuration, getClass().getClassLoader());
    assertThat(backend.getRocksDBOptions()).isInstanceOf(RocksDbForModels.class);
  }
}
