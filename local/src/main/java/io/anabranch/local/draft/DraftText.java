package io.anabranch.local.draft;

import io.anabranch.local.draft.PipelineDraft.FeatureDraft;
import io.anabranch.local.draft.PipelineDraft.LearnerDraft;
import io.anabranch.models.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The YAML of a draft, without comments. */
public final class DraftText {
  private DraftText() {}

  /** A whole pipeline file. */
  public static String of(PipelineDraft draft) {
    List<String> lines = new ArrayList<>();
    lines.add("pipeline: " + YamlText.of(draft.name()));
    lines.add("input: " + input(draft));
    lines.add("target: " + target(draft));
    lines.add("features: " + features(draft));
    lines.add("learners:");
    draft.learners().forEach(learner -> lines.add("  - " + learner(learner)));
    lines.add("evaluation: {window: " + draft.window() + "}");
    return String.join("\n", lines) + "\n";
  }

  static String input(PipelineDraft draft) {
    StringBuilder input = new StringBuilder("{topic: ").append(YamlText.of(draft.topic()));
    draft.id().ifPresent(field -> input.append(", id: ").append(YamlText.of(field)));
    draft.key().ifPresent(field -> input.append(", key: ").append(YamlText.of(field)));
    draft.time().ifPresent(field -> input.append(", time: ").append(YamlText.of(field)));
    return input.append('}').toString();
  }

  static String target(PipelineDraft draft) {
    Target target = draft.target();
    String type = target.type().name().toLowerCase(Locale.ROOT);
    String positive =
        target.positive().isEmpty() ? "" : ", positive: " + YamlText.of(target.positive());
    return "{field: " + YamlText.of(draft.targetField()) + ", type: " + type + positive + "}";
  }

  static String features(PipelineDraft draft) {
    if (!draft.features().isEmpty()) {
      return draft.features().stream()
          .map(DraftText::feature)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return draft.exclude().isEmpty()
        ? "auto"
        : "{auto: {exclude: " + YamlText.of(draft.exclude()) + "}}";
  }

  static String feature(FeatureDraft feature) {
    return "{field: " + YamlText.of(feature.field()) + ", type: " + feature.type() + "}";
  }

  static String learner(LearnerDraft learner) {
    String placement = learner.shared() ? ", placement: shared" : "";
    String key = learner.single() ? ", key: none" : "";
    return "{id: " + learner.id() + ", type: " + learner.type() + placement + key + "}";
  }
}
