package io.anabranch.operators.keyed;

import java.lang.reflect.Field;
import org.apache.flink.api.common.state.State;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of a state in RocksDB. Flink has it written out at checkpoints and offers no other way
 * to; so this takes RocksDB's handles out of Flink's objects. Where these look otherwise nothing is
 * written out early, which makes checkpoints hold records up for longer and nothing else.
 */
final class RocksDbMemory implements StateMemory {
  private static final Logger LOG = LoggerFactory.getLogger(RocksDbMemory.class);

  /** Less takes hardly longer than the disk's word that it is there, and each time makes a file. */
  private static final long LEAST_BYTES = 2L << 20;

  /** Three times what it takes while records wait: beside them there are busy threads. */
  private static final long NANOS_PER_BYTE = 12;

  /** Until the threads that write out have begun, and until the disk has said that it is done. */
  private static final long LEAST_NANOS = 50_000_000;

  private final RocksDB database;
  private final ColumnFamilyHandle family;

  private RocksDbMemory(RocksDB database, ColumnFamilyHandle family) {
    this.database = database;
    this.family = family;
  }

  static StateMemory of(KeyedStateBackend<?> backend, State state) {
    try {
      return new RocksDbMemory(
          RocksDB.class.cast(field(backend, "db")),
          ColumnFamilyHandle.class.cast(field(state, "columnFamily")));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.info("What RocksDB has in memory will be written out at checkpoints, not before", e);
      return NONE;
    }
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(of);
        }
      }
    }
    throw new NoSuchFieldException(of.getClass().getName() + "." + name);
  }

  @Override
  public void writeOut(int each, long nanos) {
    try {
      long bytes = entries() * each;
      boolean time = nanos <= LEAST_NANOS + bytes * NANOS_PER_BYTE;
      // Where there are two write buffers, writes would wait for the one that is on its way.
      if (bytes >= LEAST_BYTES && time && onTheWay() == 0) {
        flush();
      }
    } catch (RocksDBException e) {
      throw new IllegalStateException("RocksDB cannot write out what it has in memory", e);
    }
  }

  private void flush() throws RocksDBException {
    try (FlushOptions options = new FlushOptions()) {
      database.flush(options.setWaitForFlush(false).setAllowWriteStall(true), family);
    }
  }

  private long onTheWay() throws RocksDBException {
    return database.getLongProperty(family, "rocksdb.num-immutable-mem-table");
  }

  /**
   * How many values there are in memory that are not on the way to disk. By bytes RocksDB counts
   * the memory that it has taken for more.
   */
  long entries() throws RocksDBException {
    return database.getLongProperty(family, "rocksdb.num-entries-active-mem-table");
  }
}
