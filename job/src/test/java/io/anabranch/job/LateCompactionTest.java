package io.anabranch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.RocksDB;

class LateCompactionTest {

  @Test
  void sixteenFilesAreGatheredAndWritesGoOnUntilThereAreManyMore() {
    RocksDB.loadLibrary();
    try (ColumnFamilyOptions options = new ColumnFamilyOptions()) {
      new LateCompaction().createColumnOptions(options, List.of());
      assertThat(options.level0FileNumCompactionTrigger()).isEqualTo(16);
      assertThat(options.level0SlowdownWritesTrigger()).isEqualTo(32);
      assertThat(options.level0StopWritesTrigger()).isEqualTo(48);
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
    assertThat(backend.getRocksDBOptions()).isInstanceOf(LateCompaction.class);
  }
}
