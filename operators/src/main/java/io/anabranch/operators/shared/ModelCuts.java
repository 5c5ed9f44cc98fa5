package io.anabranch.operators.shared;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The versions of a model that were cut at checkpoints of which it is not known yet whether they
 * complete. What changed before a checkpoint that never did counts for the next that does.
 */
final class ModelCuts {
  private final ArrayDeque<Cut> open = new ArrayDeque<>();
  private long version;
  private long completedVersion;

  /**
   * A version cut at a checkpoint.
   *
   * @param examples examples learned by what the subtask holds
   * @param changed the CRC-32C of each block that changed since the version before, by name
   */
  record Cut(long checkpoint, long version, long examples, Map<String, Integer> changed) {}

  /** Continues after a restored version, whose checkpoint has completed. */
  void restore(long restored) {
    version = Math.max(version, restored);
    completedVersion = version;
  }

  /**
   * Cuts a version: the checkpoint's time, or the last version plus one if that is greater.
   *
   * @param time when the checkpoint was triggered, epoch ms
   */
  long cut(long checkpoint, long time, long examples, Map<String, Integer> changed) {
    version = Math.max(time, version + 1);
    open.addLast(new Cut(checkpoint, version, examples, changed));
    return version;
  }

  /** The version cut at a checkpoint that completed; empty when there is none. */
  Optional<Cut> complete(long checkpoint) {
    Map<String, Integer> changed = new TreeMap<>();
    Optional<Cut> completed = Optional.empty();
    while (!open.isEmpty() && open.getFirst().checkpoint() <= checkpoint) {
      Cut cut = open.removeFirst();
      changed.putAll(cut.changed());
      completed = Optional.of(new Cut(cut.checkpoint(), cut.version(), cut.examples(), changed));
    }
    completed.ifPresent(cut -> completedVersion = cut.version());
    return completed;
  }

  /** The newest version cut. */
  long version() {
    return version;
  }

  /** The newest version whose checkpoint is known to be complete; 0 = none. */
  long completedVersion() {
    return completedVersion;
  }
}
