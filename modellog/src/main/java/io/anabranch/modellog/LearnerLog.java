package io.anabranch.modellog;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a models topic holds of one learner. */
public final class LearnerLog {
  private final @Nullable Manifest manifest;
  private final SortedMap<String, LiveBlock> blocks;
  private final List<Refusal> refusals;

  LearnerLog(
      @Nullable Manifest manifest, SortedMap<String, LiveBlock> blocks, List<Refusal> refusals) {
    this.manifest = manifest;
    this.blocks = Collections.unmodifiableSortedMap(blocks);
    this.refusals = List.copyOf(refusals);
  }

  /** The newest manifest; empty before the first checkpoint. */
  public Optional<Manifest> manifest() {
    return Optional.ofNullable(manifest);
  }

  /** The live blocks by name, all of them verified; some may be newer than the manifest. */
  public SortedMap<String, LiveBlock> blocks() {
    return blocks;
  }

  /** What was refused and not replaced since. */
  public List<Refusal> refusals() {
    return refusals;
  }

  /**
   * Blocks that the manifest lists and that are not live: refused, or lost with a part of the
   * topic. The model is whole only when there are none, and nothing was refused.
   */
  public SortedSet<String> missing() {
    SortedSet<String> missing = new TreeSet<>();
    if (manifest != null) {
      missing.addAll(manifest.blocks().keySet());
    }
    missing.removeAll(blocks.keySet());
    return missing;
  }
}
