package io.anabranch.bench.keys;

import io.anabranch.operators.keyed.KeyLimits;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * What one process does.
 *
 * @param backend Flink's name of the state backend
 * @param draw how keys are drawn once each has its model
 * @param keys how many keys there are
 * @param records how many records are drawn until the rate is measured, and again for it
 * @param heapBytes what models may take of the heap in each subtask, 0 for what they have by
 *     default
 * @param limits which keys keep their models, and for how long
 * @param soak whether it goes on for a look at the heap, and is restored from its last checkpoint
 * @param local where RocksDB has its files; "" for the machine's temporary directory
 * @param directory for checkpoints
 */
record KeyPlan(
    String backend,
    Draw draw,
    int keys,
    long records,
    long heapBytes,
    KeyLimits limits,
    boolean soak,
    String local,
    String directory)
    implements Serializable {

  /** How keys are drawn. */
  enum Draw {
    /** Inverse to the rank to the power of 1.1. */
    ZIPF,
    /** All alike. */
    UNIFORM
  }

  static KeyPlan of(String[] arguments) {
    return new KeyPlan(
        arguments[0],
        Draw.valueOf(arguments[1]),
        Integer.parseInt(arguments[2]),
        Long.parseLong(arguments[3]),
        Long.parseLong(arguments[4]),
        new KeyLimits(Long.parseLong(arguments[5]), Long.parseLong(arguments[6])),
        Boolean.parseBoolean(arguments[7]),
        arguments[8],
        arguments[9]);
  }

  List<String> arguments() {
    return List.of(
        backend,
        draw.name(),
        Integer.toString(keys),
        Long.toString(records),
        Long.toString(heapBytes),
        Long.toString(limits.expireMillis()),
        Long.toString(limits.entries()),
        Boolean.toString(soak),
        local,
        directory);
  }

  /** The same with another place for checkpoints. */
  KeyPlan in(Path place) {
    return new KeyPlan(
        backend, draw, keys, records, heapBytes, limits, soak, local, place.toString());
  }

  String checkpoints() {
    return Path.of(directory).toUri().toString();
  }
}
