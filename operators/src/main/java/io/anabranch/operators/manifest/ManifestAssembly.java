package io.anabranch.operators.manifest;

import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.OffsetsChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts manifests together. A checkpoint of a learner is complete when all of its subtasks and all
 * decoding subtasks have said theirs, in whatever order.
 *
 * <p>After a failure the rest of a checkpoint may never come. So what a learner has of older
 * checkpoints is forgotten as soon as a newer one is complete, and nothing is kept of more than
 * {@link #CHECKPOINTS} checkpoints: the versions between two manifests are simply not listed.
 */
final class ManifestAssembly {
  /** Most checkpoints that wait for what is missing. */
  static final int CHECKPOINTS = 16;

  private final NavigableMap<Long, Map<Integer, OffsetsChunk>> offsets = new TreeMap<>();
  private final Map<String, NavigableMap<Long, Map<Integer, ManifestPart>>> parts = new HashMap<>();

  /** Takes a learner's part and returns the manifest if it is complete now. */
  Optional<ModelRecord.Manifest> add(ManifestPart part) {
    NavigableMap<Long, Map<Integer, ManifestPart>> waiting =
        parts.computeIfAbsent(part.learner(), learner -> new TreeMap<>());
    waiting
        .computeIfAbsent(part.checkpoint(), checkpoint -> new TreeMap<>())
        .put(part.subtask(), part);
    bound(waiting);
    return manifest(part.learner(), part.checkpoint());
  }

  /** Takes how far one subtask had read and returns the manifests that are complete now. */
  List<ModelRecord.Manifest> add(OffsetsChunk chunk) {
    offsets
        .computeIfAbsent(chunk.checkpoint(), checkpoint -> new TreeMap<>())
        .put(chunk.subtask(), chunk);
    bound(offsets);
    List<ModelRecord.Manifest> complete = new ArrayList<>();
    for (String learner : parts.keySet()) {
      manifest(learner, chunk.checkpoint()).ifPresent(complete::add);
    }
    return complete;
  }

  /** How many parts and chunks wait. */
  int waiting() {
    int count = offsets.values().stream().mapToInt(Map::size).sum();
    for (NavigableMap<Long, Map<Integer, ManifestPart>> ofLearner : parts.values()) {
      count += ofLearner.values().stream().mapToInt(Map::size).sum();
    }
    return count;
  }

  private Optional<ModelRecord.Manifest> manifest(String learner, long checkpoint) {
    NavigableMap<Long, Map<Integer, ManifestPart>> waiting =
        parts.getOrDefault(learner, new TreeMap<>());
    Map<Integer, ManifestPart> own = waiting.getOrDefault(checkpoint, Map.of());
    Map<Integer, OffsetsChunk> read = offsets.getOrDefault(checkpoint, Map.of());
    if (own.isEmpty()
        || read.isEmpty()
        || own.size() < own.values().iterator().next().subtasks()
        || read.size() < read.values().iterator().next().subtasks()) {
      return Optional.empty();
    }
    waiting.headMap(checkpoint, true).clear();
    return Optional.of(join(learner, checkpoint, own.values(), read.values()));
  }

  private static ModelRecord.Manifest join(
      String learner, long checkpoint, Iterable<ManifestPart> own, Iterable<OffsetsChunk> read) {
    long version = 0;
    long examples = 0;
    Map<String, Integer> blocks = new TreeMap<>();
    for (ManifestPart part : own) {
      version = Math.max(version, part.version());
      examples += part.examples();
      blocks.putAll(part.blocks());
    }
    Map<String, Long> next = new TreeMap<>();
    for (OffsetsChunk chunk : read) {
      // A partition that moved between subtasks may be named twice: the later offset holds.
      chunk.next().forEach((partition, offset) -> next.merge(partition, offset, Math::max));
    }
    return new ModelRecord.Manifest(learner, version, checkpoint, examples, next, blocks);
  }

  private static void bound(NavigableMap<Long, ?> checkpoints) {
    while (checkpoints.size() > CHECKPOINTS) {
      checkpoints.pollFirstEntry();
    }
  }
}
