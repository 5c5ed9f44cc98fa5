package io.anabranch.local.diff;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.local.diff.Change.Fate;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the live state of one pipeline is worth to another. */
public final class PipelineDiff {
  private final Pipeline before;
  private final Pipeline after;
  private final List<Change> changes = new ArrayList<>();

  private PipelineDiff(Pipeline before, Pipeline after) {
    this.before = before;
    this.after = after;
  }

  /** What becomes of each part: the pipeline as a whole first, then learner by learner. */
  public static List<Change> of(Pipeline before, Pipeline after, LearnerRegistry registry) {
    PipelineDiff diff = new PipelineDiff(before, after);
    diff.name();
    diff.input();
    diff.target();
    diff.features();
    diff.learners(new LearnerDiff(before, after, registry));
    return List.copyOf(diff.changes);
  }

  private void name() {
    if (!before.name().equals(after.name())) {
      add(
          "pipeline",
          Fate.STARTS_ANEW,
          before.name()
              + " → "
              + after.name()
              + ": another consumer group, other topics and checkpoints; everything below holds"
              + " only if the old state is restored by hand");
    }
  }

  private void input() {
    String from = before.input().topic();
    String to = after.input().topic();
    if (!from.equals(to)) {
      add(
          "input",
          Fate.INCOMPATIBLE,
          "topic "
              + from
              + " → "
              + to
              + ": the source's state holds offsets of the old topic and"
              + " would go on with it");
    } else {
      add("input", Fate.KEPT, "goes on at the offsets of the checkpoint");
    }
  }

  private void target() {
    if (!before.target().target().equals(after.target().target())
        || !before.target().field().equals(after.target().field())) {
      add(
          "target",
          Fate.INCOMPATIBLE,
          "what is predicted changes: models that are kept would be wrong; give the learners new"
              + " ids");
    }
  }

  private void features() {
    if (before.features().hashBits() != after.features().hashBits()) {
      add(
          "features",
          Fate.INCOMPATIBLE,
          "hashed into 2^"
              + before.features().hashBits()
              + " → 2^"
              + after.features().hashBits()
              + " coordinates: every feature has another one; give the learners new ids");
    } else if (!before.features().equals(after.features())) {
      add(
          "features",
          Fate.KEPT,
          "changed: weights belong to a field's name and type, so features that stay keep theirs"
              + " and new ones start at zero");
    }
  }

  private void learners(LearnerDiff learners) {
    Map<String, LearnerEntry> old = new LinkedHashMap<>();
    before.learners().forEach(learner -> old.put(learner.id(), learner));
    for (LearnerEntry now : after.learners()) {
      LearnerEntry was = old.remove(now.id());
      if (was == null) {
        add(now.id(), Fate.STARTS_ANEW, "added: " + now.type());
      } else {
        changes.add(learners.change(was, now));
      }
    }
    old.values().forEach(gone -> add(gone.id(), Fate.DROPPED, "removed: its state is left behind"));
  }

  private void add(String part, Fate fate, String reason) {
    changes.add(new Change(part, fate, reason));
  }
}
