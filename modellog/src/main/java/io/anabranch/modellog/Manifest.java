package io.anabranch.modellog;

import io.anabranch.models.format.ModelFrame;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version of a model is: cut when a checkpoint completed. JSON, with a field for each
 * component, {@code "v":1} and {@code "type":"manifest"}; checksums are eight hexadecimal digits.
 *
 * @param pipeline the pipeline's name
 * @param learner the learner's id
 * @param learnerType the learner's type, as pipeline files name it
 * @param version never repeats in a pipeline, grows
 * @param checkpoint the checkpoint that holds it
 * @param examples examples learned
 * @param offsets the input covered: the next offset by {@code topic-partition}
 * @param configHash of the pipeline that learned it
 * @param formatVersion of the blocks, as in {@link ModelFrame#FORMAT_VERSION}
 * @param blocks {@link ModelFrame#checksum()} of each block that changed since the version before,
 *     by name; of a per-key learner empty
 */
public record Manifest(
    String pipeline,
    String learner,
    String learnerType,
    long version,
    long checkpoint,
    long examples,
    SortedMap<String, Long> offsets,
    String configHash,
    int formatVersion,
    SortedMap<String, Integer> blocks) {

  /** Copies the maps. */
  public Manifest {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
  }

  /** A manifest of this build's format. */
  public static Manifest of(
      String pipeline,
      String learner,
      String learnerType,
      long version,
      long checkpoint,
      long examples,
      Map<String, Long> offsets,
      String configHash,
      Map<String, Integer> blocks) {
    return new Manifest(
        pipeline,
        learner,
        learnerType,
        version,
        checkpoint,
        examples,
        new TreeMap<>(offsets),
        configHash,
        ModelFrame.FORMAT_VERSION,
        new TreeMap<>(blocks));
  }

  /** The manifest as bytes. */
  public byte[] encode() {
    return ManifestFormat.encode(this);
  }

  /**
   * The manifest that {@link #encode} wrote. Fields that are not known are skipped.
   *
   * @throws ModelLogException with the reason, when the bytes are no manifest, or one of a newer
   *     layout
   */
  public static Manifest decode(byte[] bytes) {
    return ManifestFormat.decode(bytes);
  }
}
