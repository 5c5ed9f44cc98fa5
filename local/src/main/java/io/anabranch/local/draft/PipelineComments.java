package io.anabranch.local.draft;

import io.anabranch.local.draft.Drafting.Drafted;
import io.anabranch.local.draft.PipelineDraft.LearnerDraft;
import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.FieldProfile.Kind;
import io.anabranch.local.profile.PipelineSample;
import io.anabranch.local.view.Figures;
import io.anabranch.local.view.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The YAML of a draft, with comments that say what was decided, why, and what else could be. */
public final class PipelineComments {
  private static final int MOST_FIELDS = 60;
  private static final int MOST_CANDIDATES = 6;
  private static final int RECORDS_PER_KEY = 20;
  private static final int FEWEST_KEYS = 3;

  private final DataProfile profile;
  private final Drafted drafted;
  private final PipelineDraft draft;
  private final PipelineSample sample;
  private final String pipelineFile;
  private final List<String> lines = new ArrayList<>();

  private PipelineComments(
      DataProfile profile, Drafted drafted, PipelineSample sample, String pipelineFile) {
    this.profile = profile;
    this.drafted = drafted;
    this.draft = drafted.draft();
    this.sample = sample;
    this.pipelineFile = pipelineFile;
  }

  /**
   * A whole pipeline file.
   *
   * @param sample the data as the draft's pipeline sees them
   * @param pipelineFile where the text will be, for the commands that it names
   */
  public static String text(
      DataProfile profile, Drafted drafted, PipelineSample sample, String pipelineFile) {
    PipelineComments text = new PipelineComments(profile, drafted, sample, pipelineFile);
    text.header();
    text.input();
    text.target();
    text.features();
    text.learners();
    return String.join("\n", text.lines) + "\n";
  }

  private void header() {
    comment(
        "A pipeline for %s, after %s."
            .formatted(
                profile.file().getFileName(),
                (profile.whole() ? "its " : "the first ")
                    + Figures.count(profile.records())
                    + " records"));
    String data = shell(profile.file().toString());
    comment("");
    comment("Try its learners on the file, in seconds:");
    comment("  ./anabranch evaluate " + data + " --pipeline " + shell(pipelineFile));
    comment("Run the job on it, with Kafka and Flink in one process:");
    comment(
        "  ./anabranch run %s --embedded --feed %s --until-fed"
            .formatted(shell(pipelineFile), shell(draft.topic() + "=" + profile.file())));
    if (profile.unreadable() > 0) {
      comment("");
      comment(
          Figures.count(profile.unreadable())
              + " records cannot be read as the others can; they will be dead letters.");
    }
    lines.add("pipeline: " + YamlText.of(draft.name()));
    lines.add("");
  }

  private void input() {
    lines.add("input:");
    lines.add("  topic: " + YamlText.of(draft.topic()));
    field("id", draft.id(), "no field names the records; they get the id topic-partition-offset");
    field("time", draft.time(), "no field was found to be a time; Kafka's timestamps are taken");
    field("key", draft.key(), "with it, learners without 'key: none' have a model per value");
    if (draft.key().isEmpty()) {
      List<String> candidates = keyCandidates();
      if (!candidates.isEmpty()) {
        note("possible keys: " + String.join(", ", candidates));
      }
    }
    lines.add("");
  }

  private void field(String role, Optional<String> field, String otherwise) {
    lines.add(
        field
            .map(name -> "  " + role + ": " + YamlText.of(name))
            .orElse("  # " + role + ": FIELD    # " + otherwise));
  }

  /** Fields of several values that are there in every record, each of them often. */
  private List<String> keyCandidates() {
    return profile.fields().stream()
        .filter(field -> field.kind() == Kind.TEXTS || field.whole())
        .filter(field -> !field.name().equals(draft.targetField()))
        .filter(field -> !draft.exclude().contains(field.name()))
        .filter(field -> field.values().complete() && profile.missing(field) == 0)
        .filter(field -> field.values().distinct() >= FEWEST_KEYS)
        .filter(field -> field.present() >= (long) RECORDS_PER_KEY * field.values().distinct())
        .sorted(java.util.Comparator.comparing(field -> field.kind() != Kind.TEXTS))
        .limit(MOST_CANDIDATES)
        .map(field -> field.name() + " (" + Figures.count(field.values().distinct()) + " values)")
        .toList();
  }

  private void target() {
    FieldProfile field = profile.field(draft.targetField()).orElseThrow();
    lines.add("target:");
    lines.add("  field: " + YamlText.of(draft.targetField()));
    lines.add(
        "  type: "
            + draft.target().type().name().toLowerCase(Locale.ROOT)
            + "    # "
            + YamlText.comment(drafted.targetReason()));
    if (!draft.target().positive().isEmpty()) {
      lines.add("  positive: " + YamlText.of(draft.target().positive()));
    }
    long missing = profile.missing(field);
    if (missing > 0) {
      note(Figures.count(missing) + " records have no label: predicted, not learned");
    }
    lines.add("");
  }

  private void features() {
    comment("What the fields hold:");
    table().forEach(line -> comment(line.substring(1)));
    if (profile.fields().size() > MOST_FIELDS) {
      comment("  and " + Figures.count(profile.fields().size() - MOST_FIELDS) + " more");
    }
    if (draft.features().isEmpty()) {
      automatic();
    } else {
      comment(
          "The words of a text are features, so that all features are named; auto would take a");
      comment("whole text as one category.");
      lines.add("features:");
      draft.features().forEach(feature -> lines.add("  - " + DraftText.feature(feature)));
    }
    lines.add("");
  }

  private void automatic() {
    comment("auto takes all others as features: numbers as numeric, texts and booleans as");
    comment("categories, objects as maps, arrays of numbers as vectors.");
    if (draft.exclude().isEmpty()) {
      lines.add("features: auto");
      return;
    }
    lines.add("features:");
    lines.add("  auto:");
    lines.add("    exclude:");
    for (String field : draft.exclude()) {
      String why = drafted.excluded().getOrDefault(field, "");
      lines.add("      - " + YamlText.of(field) + (why.isEmpty() ? "" : "    # " + why));
    }
  }

  private List<String> table() {
    TextTable table = new TextTable();
    profile.fields().stream()
        .limit(MOST_FIELDS)
        .forEach(
            field ->
                table.row(YamlText.comment(field.name()), FieldText.values(field), remark(field)));
    return table.lines();
  }

  private String remark(FieldProfile field) {
    String name = field.name();
    if (name.equals(draft.targetField())) {
      return "the target";
    }
    if (draft.id().equals(Optional.of(name))) {
      return "the id";
    }
    if (draft.time().equals(Optional.of(name))) {
      return "the time";
    }
    if (draft.exclude().contains(name)) {
      return "left out";
    }
    if (field.kind() == Kind.MIXED) {
      return "numbers and texts: each value becomes what it is";
    }
    return sample
        .field(name)
        .filter(seen -> Leak.isLikely(seen.association()))
        .map(seen -> "tells the target alone: exclude it if it is only known afterwards")
        .orElse("");
  }

  private void learners() {
    lines.add("learners:");
    String note = "";
    for (LearnerDraft learner : draft.learners()) {
      if (!learner.note().equals(note)) {
        note(learner.note());
      }
      note = learner.note();
      lines.add("  - " + DraftText.learner(learner));
    }
    lines.add("");
    lines.add("evaluation: {window: " + draft.window() + "}");
  }

  private void comment(String text) {
    lines.add(("# " + text).stripTrailing());
  }

  /** A comment inside a section. */
  private void note(String text) {
    lines.add("  # " + text);
  }

  /** A word as a shell takes it. */
  private static String shell(String word) {
    return word.matches("[A-Za-z0-9._/=:@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
