package io.anabranch.local.diff;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.local.diff.Change.Fate;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares one learner of two pipelines. State belongs to operators whose uids begin with the
 * learner's id, so learners cannot touch each other's; whether the new learner reads what the old
 * one wrote is not guessed but tried.
 */
final class LearnerDiff {
  private final Pipeline oldPipeline;
  private final Pipeline newPipeline;
  private final LearnerRegistry registry;

  LearnerDiff(Pipeline oldPipeline, Pipeline newPipeline, LearnerRegistry registry) {
    this.oldPipeline = oldPipeline;
    this.newPipeline = newPipeline;
    this.registry = registry;
  }

  Change change(LearnerEntry before, LearnerEntry after) {
    String id = after.id();
    if (before.placement() != after.placement()) {
      return new Change(
          id,
          Fate.STARTS_ANEW,
          "placement "
              + before.placement().text()
              + " → "
              + after.placement().text()
              + ": the model lives elsewhere, the old state is dropped");
    }
    if (!before.type().equals(after.type())) {
      return new Change(
          id,
          Fate.INCOMPATIBLE,
          "type "
              + before.type()
              + " → "
              + after.type()
              + ": it cannot read the other's state; give the new learner an id of its own");
    }
    LearnerKey oldKey = LearnerKey.of(oldPipeline, before);
    LearnerKey newKey = LearnerKey.of(newPipeline, after);
    if (after.placement() != Placement.SHARED
        && !keyName(oldPipeline, oldKey).equals(keyName(newPipeline, newKey))) {
      return new Change(
          id,
          Fate.INCOMPATIBLE,
          "key "
              + keyName(oldPipeline, oldKey)
              + " → "
              + keyName(newPipeline, newKey)
              + ": the models of the old keys would stay, and mix where values coincide; give the"
              + " new learner an id of its own");
    }
    Optional<String> refusal = refusal(before, after);
    if (refusal.isPresent()) {
      return new Change(
          id,
          Fate.INCOMPATIBLE,
          String.join(", ", settingChanges(before, after))
              + ": "
              + refusal.get()
              + "; give the new learner an id of its own");
    }
    List<String> changes = settingChanges(before, after);
    if (!before.exchange().equals(after.exchange())) {
      changes.add("exchange");
    }
    if (before.coordinates().count() != after.coordinates().count()) {
      changes.add("admit");
    }
    if (before.limits().expireMillis() != after.limits().expireMillis()
        || before.coordinates().expireMillis() != after.coordinates().expireMillis()) {
      changes.add("expire");
    }
    if (before.limits().entries() != after.limits().entries()) {
      changes.add("entries");
    }
    if (!before.prior().equals(after.prior())) {
      changes.add("prior");
    }
    if (before.split() != after.split()) {
      changes.add("split");
    }
    return new Change(
        id,
        Fate.KEPT,
        changes.isEmpty()
            ? "unchanged"
            : String.join(", ", changes) + ": holds from the next record on");
  }

  private static String keyName(Pipeline pipeline, LearnerKey key) {
    return switch (key.choice()) {
      case ONE -> "none";
      case ENTITY -> key.field().or(pipeline.input()::key).orElse("none");
    };
  }

  /** Why the new learner refuses the old one's state; empty when it takes it. */
  private Optional<String> refusal(LearnerEntry before, LearnerEntry after) {
    LearnerProvider provider = registry.find(after.type()).orElseThrow();
    if (after.placement() == Placement.SHARED) {
      return shape(provider, before).equals(shape(provider, after))
          ? Optional.empty()
          : Optional.of("the shape of the shared model changes");
    }
    try {
      var unused =
          provider.read(provider.write(provider.create(before.settings())), after.settings());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ExchangeShape shape(LearnerProvider provider, LearnerEntry learner) {
    return provider.mergeRule(learner.settings()).map(MergeRule::shape).orElseThrow();
  }

  private static List<String> settingChanges(LearnerEntry before, LearnerEntry after) {
    List<String> changes = new ArrayList<>();
    if (before.settings().hashBits() != after.settings().hashBits()) {
      changes.add("hash " + before.settings().hashBits() + " → " + after.settings().hashBits());
    }
    TreeSet<String> names = new TreeSet<>(before.settings().hyper().keySet());
    names.addAll(after.settings().hyper().keySet());
    for (String name : names) {
      Object old = before.settings().hyper().get(name);
      Object now = after.settings().hyper().get(name);
      String from = old == null ? "default" : old.toString();
      String to = now == null ? "default" : now.toString();
      if (!from.equals(to)) {
        changes.add("hyper." + name + " " + from + " → " + to);
      }
    }
    return changes;
  }
}
