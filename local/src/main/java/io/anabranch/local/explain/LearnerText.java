package io.anabranch.local.explain;

import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.local.view.Figures;
import io.anabranch.local.view.TextTable;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.keyed.KeyChoice;
import io.anabranch.operators.keyed.PerKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/** What one learner is, where it lives, and how large it gets. */
final class LearnerText {
  private LearnerText() {}

  static List<String> lines(Explanation explanation, LearnerEntry learner) {
    LearnerProvider provider = explanation.registry().find(learner.type()).orElseThrow();
    TextTable table = new TextTable();
    table.row(learner.id(), learner.type(), where(explanation, learner));
    if (learner.placement() == Placement.SHARED) {
      String rule =
          provider.mergeRule(learner.settings()).map(MergeRule::description).orElseThrow();
      table.row("", "merge", rule);
      table.row(
          "",
          "exchange",
          "a trainer ships after "
              + learner.exchange().examples()
              + " examples or "
              + ExplanationText.millis(learner.exchange().intervalMillis())
              + ", shards publish every "
              + ExplanationText.millis(learner.exchange().publishMillis()));
      if (learner.exchange().coding().rounded()) {
        table.row("", "floats", "rounded to 16 bits in transit, but for sums of squares");
      }
      if (learner.exchange().coding().hold() > 0) {
        table.row(
            "",
            "hold",
            "the smallest "
                + learner.exchange().coding().hold()
                + " of a grown model's changes wait until they add up");
      }
    }
    if (learner.coordinates().admits()) {
      String often = learner.coordinates().count() + " occurrences of a hashed coordinate";
      table.row("", "admit", "after " + often);
    }
    if (learner.coordinates().expires()) {
      String unseen = ExplanationText.millis(learner.coordinates().expireMillis());
      table.row("", "expire", "hashed coordinates, after " + unseen + " unseen");
    }
    if (learner.limits().expires()) {
      String unseen = ExplanationText.millis(learner.limits().expireMillis());
      table.row("", "expire", "after " + unseen + " unseen");
    }
    if (learner.limits().capped()) {
      table.row("", "entries", Figures.count(learner.limits().entries()) + " keys at most");
    }
    if (learner.heapBytes() != PerKeySpec.HEAP_SHARE) {
      String bytes = new MemorySize(learner.heapBytes()).toHumanReadableString();
      table.row("", "heap", "about " + bytes + " in each subtask");
    }
    if (learner.split()) {
      table.row(
          "",
          "split",
          explanation.parallelism() == 1
              ? "nothing: there is one subtask"
              : "records of hot keys are learned in all subtasks");
    }
    if (!learner.prior().isEmpty()) {
      table.row("", "prior", "a new key starts from the model of " + learner.prior());
    }
    for (Hyperparameter rule : provider.hyperparameters()) {
      Object set = learner.settings().hyper().get(rule.name());
      table.row("", rule.name(), set == null ? rule.defaultText() + " (default)" : set);
    }
    explanation
        .sample()
        .flatMap(sample -> Optional.ofNullable(sample.sizes().get(learner.id())))
        .filter(size -> size.models() > 0)
        .ifPresent(size -> table.row("", "memory", memory(learner, size)));
    return table.lines();
  }

  private static String where(Explanation explanation, LearnerEntry learner) {
    LearnerKey key = LearnerKey.of(explanation.pipeline(), learner);
    String placement = learner.placement().text() + ": ";
    if (learner.placement() == Placement.SHARED) {
      return placement
          + "one model, learned by "
          + explanation.parallelism()
          + (explanation.parallelism() == 1 ? " trainer" : " trainers together");
    }
    if (learner.placement() == Placement.ENSEMBLE) {
      int members =
          explanation
              .registry()
              .find(learner.type())
              .flatMap(provider -> provider.ensemble(learner.settings()))
              .orElseThrow()
              .members();
      return placement
          + members
          + " members in "
          + Math.min(members, explanation.parallelism())
          + (explanation.parallelism() == 1 ? " subtask" : " subtasks")
          + ", which vote on all records";
    }
    return key.choice() == KeyChoice.ONE
        ? placement + "one model for all records, in one subtask"
        : placement
            + "one model for each "
            + key.field().or(explanation.pipeline().input()::key).orElse("key");
  }

  private static String memory(LearnerEntry learner, ModelSize size) {
    List<String> parts = new ArrayList<>();
    if (learner.placement() == Placement.SHARED) {
      parts.add(Figures.bytes(size.mostBytes()) + ", held by the shards and by each trainer");
    } else if (size.models() == 1) {
      parts.add(Figures.bytes(size.mostBytes()));
    } else {
      parts.add(Figures.bytes(size.meanBytes()) + " per key on average");
      parts.add(Figures.bytes(size.mostBytes()) + " the largest");
      parts.add(Figures.count(size.models()) + (size.capped() ? " keys or more" : " keys"));
    }
    return String.join(", ", parts) + "; as written, after the sample";
  }
}
