package io.anabranch.job;

import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;

/**
 * Sets RocksDB up for state that is read and written by key all over, as that of models per key,
 * where Flink has no option for it.
 *
 * <ul>
 *   <li>It gathers more of what it wrote out before it merges that into all the rest: by itself it
 *       does so at four files, and then writes several models anew for each one that changes.
 *   <li>A read then looks into more files, of which nearly all say by their filters that they don't
 *       have the key. So each file has a whole filter, where that takes one look into memory; in a
 *       partitioned one the part has to be found first.
 *   <li>Indices are partitioned: that of a whole file is more than a cache keeps of indices.
 *   <li>It takes memory for what is written in smaller pieces: of each state of a subtask there is
 *       one at least, and all have to fit beside each other.
 *   <li>It writes all states out at once before a checkpoint: one after the other, each waits for
 *       the disk several times, while records wait for all of them. With keys that expire there are
 *       three states or four.
 * </ul>
 */
public final class RocksDbForModels implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;
  private static final int FILES = 16;

  /** As far from there as RocksDB's own are from its four. */
  private static final int FILES_TO_SLOW_WRITES_DOWN = FILES + 16;

  private static final int FILES_TO_STOP_WRITES = FILES + 32;

  private static final long BYTES_AT_ONCE = 1L << 20;

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handles) {
    return options.setAtomicFlush(true);
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> handles) {
    // With what Flink has put there by options of its own, such as the filter's bits per key.
    if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
      options.setTableFormatConfig(table.setIndexType(IndexType.kTwoLevelIndexSearch));
    }
    return options
        .setArenaBlockSize(BYTES_AT_ONCE)
        .setLevel0FileNumCompactionTrigger(FILES)
        .setLevel0SlowdownWritesTrigger(FILES_TO_SLOW_WRITES_DOWN)
        .setLevel0StopWritesTrigger(FILES_TO_STOP_WRITES);
  }
}
