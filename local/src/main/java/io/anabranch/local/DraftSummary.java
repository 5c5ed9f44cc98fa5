package io.anabranch.local;

import io.anabranch.local.draft.Drafting.Drafted;
import io.anabranch.local.draft.PipelineDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says aloud what was guessed of a data file. */
final class DraftSummary {
  private DraftSummary() {}

  static List<String> lines(Drafted drafted) {
    PipelineDraft draft = drafted.draft();
    List<String> lines = new ArrayList<>();
    lines.add(
        "target "
            + draft.targetField()
            + (drafted.targetGuessed() ? " (by its name)" : "")
            + ": "
            + draft.target().type().name().toLowerCase(Locale.ROOT)
            + ", "
            + drafted.targetReason());
    draft.id().ifPresent(id -> lines.add("id " + id + ", no feature"));
    draft.time().ifPresent(time -> lines.add("time " + time + ", no feature"));
    draft.features().stream()
        .filter(feature -> feature.type().equals("text"))
        .forEach(feature -> lines.add("words of " + feature.field() + " are features"));
    drafted.excluded().forEach((field, why) -> lines.add("left out: " + field + " (" + why + ")"));
    return lines;
  }
}
