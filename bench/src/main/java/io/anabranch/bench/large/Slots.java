package io.anabranch.bench.large;

import java.util.List;

/**
 * A shared model whose coordinates are all touched, at parallelism 2 in one TaskManager whose
 * process has 4 GB: heap, state, checkpoints, a restore.
 */
public final class Slots {
  private Slots() {}

  /** Runs; the argument is the hash bits (default 24). */
  public static void main(String[] arguments) throws Exception {
    BoundedProcess.run(SlotsProcess.class, List.of(arguments.length > 0 ? arguments[0] : "24"));
  }
}
