package io.anabranch.operators.manifest;

import io.anabranch.operators.record.ManifestPart;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Cuts a version of a learner's models in keyed state, one for each key or member, at each
 * checkpoint, and counts the examples behind it. Both survive restores at any parallelism: the
 * version is the greatest of all subtasks, the count is split among them so that its sum stays the
 * same.
 *
 * <p>The part lists no blocks. How many keys change between two checkpoints has no bound, and the
 * block of a key or member says by itself which update of it it is.
 */
public final class VersionCutter {
  private final String learner;
  private final ListState<Long> lastVersions;
  private final ListState<Long> exampleCounts;
  private final NavigableMap<Long, Cut> pending = new TreeMap<>();
  private long last;
  private long examples;

  private record Cut(long version, long examples) {}

  /** Takes up what the state holds. */
  public VersionCutter(String learner, OperatorStateStore store) throws Exception {
    this.learner = learner;
    lastVersions = store.getUnionListState(new ListStateDescriptor<>("last-version", Types.LONG));
    exampleCounts = store.getListState(new ListStateDescriptor<>("examples", Types.LONG));
    for (long version : lastVersions.get()) {
      last = Math.max(last, version);
    }
    for (long count : exampleCounts.get()) {
      examples += count;
    }
  }

  /** Counts an example. */
  public void learned() {
    learned(1);
  }

  /** Counts so many. */
  public void learned(long more) {
    examples += more;
  }

  /**
   * Cuts the version of a checkpoint.
   *
   * @param timestamp of the checkpoint, epoch ms; the same in all subtasks
   */
  public void snapshot(long checkpoint, long timestamp) throws Exception {
    last = Math.max(timestamp, last + 1);
    pending.put(checkpoint, new Cut(last, examples));
    lastVersions.update(List.of(last));
    exampleCounts.update(List.of(examples));
  }

  /** This subtask's part of a completed checkpoint, if it was cut here; older cuts are dropped. */
  public Optional<ManifestPart> completed(long checkpoint, int subtask, int subtasks) {
    Optional<ManifestPart> part =
        Optional.ofNullable(pending.get(checkpoint))
            .map(
                cut ->
                    new ManifestPart(
                        learner,
                        checkpoint,
                        cut.version(),
                        subtask,
                        subtasks,
                        cut.examples(),
                        Map.of()));
    pending.headMap(checkpoint, true).clear();
    return part;
  }
}
