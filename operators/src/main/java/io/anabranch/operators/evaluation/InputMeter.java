package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.OffsetsChunk;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one decoding subtask counts. {@link #ship} has to be called before each barrier, at the end
 * of input and, to be fresh, a few times a second; {@link #offsets} before each barrier.
 */
public final class InputMeter {
  private static final long UNREAD = -1;

  private final String topic;
  private final List<String> learners;
  private final PrequentialSketch nothing;
  private long[] nextOffsets = new long[0];
  private long records;
  private long deadLetters;
  private long unlabelled;

  /**
   * Starts at zero.
   *
   * @param topic the input topic
   * @param learners the ids of all learners, each of which is told the counts
   */
  public InputMeter(String topic, List<String> learners, Target target) {
    this.topic = topic;
    this.learners = List.copyOf(learners);
    nothing = new PrequentialSketch(target);
  }

  /** Counts a decoded record. */
  public void decoded(boolean labelled) {
    records++;
    if (!labelled) {
      unlabelled++;
    }
  }

  /** Counts a record that went to the dead letters. */
  public void deadLetter() {
    deadLetters++;
  }

  /** Notes that a record was read, decoded or not. */
  public void read(int partition, long offset) {
    if (partition >= nextOffsets.length) {
      int before = nextOffsets.length;
      nextOffsets = Arrays.copyOf(nextOffsets, Math.max(partition + 1, 2 * before));
      Arrays.fill(nextOffsets, before, nextOffsets.length, UNREAD);
    }
    nextOffsets[partition] = offset + 1;
  }

  /** Hands the counts over, one chunk per learner, if there are any. */
  public void ship(Consumer<MetricsChunk> out) {
    if (records + deadLetters == 0) {
      return;
    }
    InputCounts counts = new InputCounts(records, deadLetters, unlabelled);
    for (String learner : learners) {
      out.accept(new MetricsChunk(learner, 0, counts, nothing, nothing));
    }
    records = 0;
    deadLetters = 0;
    unlabelled = 0;
  }

  /** How far this subtask has read since it started, for a checkpoint's manifests. */
  public OffsetsChunk offsets(long checkpoint, int subtask, int subtasks) {
    Map<String, Long> next = new TreeMap<>();
    for (int partition = 0; partition < nextOffsets.length; partition++) {
      if (nextOffsets[partition] != UNREAD) {
        next.put(topic + "-" + partition, nextOffsets[partition]);
      }
    }
    return new OffsetsChunk(checkpoint, subtask, subtasks, next);
  }
}
