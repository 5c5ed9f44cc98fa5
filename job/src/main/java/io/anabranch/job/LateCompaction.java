package io.anabranch.job;

import java.util.Collection;
import org.apache.flink.contrib.streaming.state.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;

/**
 * Lets RocksDB gather more of what it wrote out before it merges that into all the rest. By itself
 * it does so at four files: a state that is written all over, as that of models per key, is then
 * written anew five times for each model that changes, and half as often at twelve; about one in
 * four is a small one that was written out before a barrier, hence sixteen. A read looks into more
 * files, of which nearly all say by their filters that they don't have the key. Flink has no option
 * for this.
 */
public final class LateCompaction implements RocksDBOptionsFactory {
  private static final long serialVersionUID = 1L;
  private static final int FILES = 16;

  /** As far from there as RocksDB's own are from its four. */
  private static final int FILES_TO_SLOW_WRITES_DOWN = FILES + 16;

  private static final int FILES_TO_STOP_WRITES = FILES + 32;

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> handles) {
    return options;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> handles) {
    return options
        .setLevel0FileNumCompactionTrigger(FILES)
        .setLevel0SlowdownWritesTrigger(FILES_TO_SLOW_WRITES_DOWN)
        .setLevel0StopWritesTrigger(FILES_TO_STOP_WRITES);
  }
}
