package io.anabranch.operators.keyed;

import org.apache.flink.api.common.state.State;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * What a state backend holds in memory of a state before it is on disk. A checkpoint has it written
 * out while records wait; what was written out shortly before, beside the records, need not wait.
 */
interface StateMemory {
  /** Where there is nothing to write out, or no way to ask for it. */
  StateMemory NONE = (each, nanos) -> {};

  /**
   * Begins to write out what there is, if it is worth a file and will hardly be done sooner than it
   * has to; returns at once.
   *
   * @param each about how many bytes a value has
   * @param nanos until it has to be done; less than 0 when it should be
   */
  void writeOut(int each, long nanos);

  /** That of a state, if its backend has any and can be asked. */
  static StateMemory of(KeyedStateBackend<?> backend, State state) {
    // By name: where there is no RocksDB its classes are not there either.
    return backend.getClass().getSimpleName().equals("RocksDBKeyedStateBackend")
        ? RocksDbMemory.of(backend, state)
        : NONE;
  }
}
