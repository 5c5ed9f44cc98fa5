package io.anabranch.local.draft;

import io.anabranch.local.draft.PipelineDraft.FeatureDraft;
import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.FieldProfile.Kind;
import io.anabranch.local.view.Figures;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes a draft for a profiled file, from what the user has said and what the data suggest. */
public final class Drafting {
  private static final int MOST_LISTED = 40;
  private static final int[] WINDOWS = {10, 20, 50, 100, 200, 500, 1_000};
  private static final int POINTS = 25;

  private final DataProfile profile;
  private final DraftOptions options;
  private final LearnerRegistry registry;

  private Drafting(DataProfile profile, DraftOptions options, LearnerRegistry registry) {
    this.profile = profile;
    this.options = options;
    this.registry = registry;
  }

  /**
   * What was drafted.
   *
   * @param targetReason why the target is what it is
   * @param targetGuessed whether the data had to say which field the target is
   * @param excluded the fields that the data suggest to leave out, and why
   */
  public record Drafted(
      PipelineDraft draft,
      String targetReason,
      boolean targetGuessed,
      Map<String, String> excluded) {
    /** Keeps the order. */
    public Drafted {
      excluded = new LinkedHashMap<>(excluded);
    }
  }

  /**
   * Drafts.
   *
   * @throws DraftException when an option does not fit the file, or the target cannot be guessed
   */
  public static Drafted of(DataProfile profile, DraftOptions options, LearnerRegistry registry)
      throws DraftException {
    return new Drafting(profile, options, registry).draft();
  }

  private Drafted draft() throws DraftException {
    if (profile.records() == profile.unreadable()) {
      throw new DraftException(profile.file() + ": holds no record that can be read");
    }
    String field = targetField();
    checkFields();
    TargetGuess guess = target(field);
    List<String> taken =
        Stream.of(List.of(field), options.key().stream().toList(), options.exclude())
            .flatMap(List::stream)
            .toList();
    FieldRoles roles = new FieldRoles(profile, options, taken);
    List<String> exclude = new ArrayList<>(options.exclude());
    exclude.addAll(roles.excluded().keySet());
    PipelineDraft draft =
        new PipelineDraft(
            PipelineName.of(profile.file()),
            roles.id(),
            options.key(),
            roles.time(),
            field,
            guess.target(),
            exclude,
            features(field, exclude, roles),
            LearnerChoice.of(registry, types(guess.target().type()), options.key().isPresent()),
            options.window().orElseGet(this::window));
    return new Drafted(draft, guess.reason(), options.target().isEmpty(), roles.excluded());
  }

  private String targetField() throws DraftException {
    if (options.target().isPresent()) {
      return checked("--target", options.target().get());
    }
    return TargetGuess.field(profile)
        .orElseThrow(
            () ->
                new DraftException(
                    profile.file()
                        + ": which field is the target? Say --target FIELD:\n"
                        + table()));
  }

  private void checkFields() throws DraftException {
    for (String field : options.exclude()) {
      checked("--exclude", field);
    }
    if (options.id().isPresent()) {
      checked("--id", options.id().get());
    }
    if (options.time().isPresent()) {
      checked("--time", options.time().get());
    }
    if (options.key().isPresent()) {
      FieldProfile key = profile.field(checked("--key", options.key().get())).orElseThrow();
      if (key.kind() == Kind.MAPS || key.kind() == Kind.VECTORS || key.name().equals("none")) {
        throw new DraftException("--key must be a field of single values, got " + key.name());
      }
    }
  }

  private String checked(String option, String field) throws DraftException {
    if (profile.field(field).isEmpty()) {
      List<String> names = profile.fields().stream().map(FieldProfile::name).toList();
      String more = names.size() > MOST_LISTED ? ", …" : "";
      throw new DraftException(
          option
              + " must be a field of "
              + profile.file()
              + " ("
              + String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size())))
              + more
              + "), got "
              + field);
    }
    return field;
  }

  private TargetGuess target(String field) throws DraftException {
    FieldProfile target = profile.field(field).orElseThrow();
    if (options.type().isPresent()) {
      Target given =
          TargetGuess.given(options.type().get(), options.positive(), target)
              .orElseThrow(
                  () ->
                      new DraftException(
                          "--positive must be given for --type binary: the label of the positive"
                              + " class; field "
                              + field
                              + " has "
                              + FieldText.values(target)));
      return new TargetGuess(given, "as given");
    }
    if (options.positive().isPresent()) {
      return new TargetGuess(Target.binary(options.positive().get()), "as given");
    }
    return TargetGuess.guess(target)
        .orElseThrow(
            () ->
                new DraftException(
                    "field "
                        + field
                        + " is no target that could be learned: it has "
                        + FieldText.values(target)
                        + (profile.whole()
                            ? ""
                            : " in the first " + Figures.count(profile.records()) + " records")
                        + "; --type binary, multiclass or numeric insists"));
  }

  private List<String> types(TargetType target) throws DraftException {
    List<String> fitting = LearnerChoice.fitting(registry, target);
    for (String type : options.learners()) {
      if (!fitting.contains(type)) {
        throw new DraftException(
            "--learner must be one of "
                + String.join(", ", fitting)
                + " for a "
                + target.name().toLowerCase(Locale.ROOT)
                + " target, got "
                + type);
      }
    }
    if (options.learners().isEmpty()) {
      return fitting;
    }
    // The baselines stay: a figure without them says little.
    return fitting.stream()
        .filter(
            type ->
                options.learners().contains(type) || registry.find(type).orElseThrow().baseline())
        .toList();
  }

  /** Where there is prose, all features by name: auto would take each text as one category. */
  private List<FeatureDraft> features(String target, List<String> exclude, FieldRoles roles) {
    if (roles.prose().isEmpty()) {
      return List.of();
    }
    return profile.fields().stream()
        .filter(field -> !field.name().equals(target) && !exclude.contains(field.name()))
        .filter(field -> !roles.id().equals(Optional.of(field.name())))
        .filter(field -> !roles.time().equals(Optional.of(field.name())))
        .map(
            field ->
                new FeatureDraft(
                    field.name(), roles.prose().contains(field.name()) ? "text" : type(field)))
        .toList();
  }

  private static String type(FieldProfile field) {
    return switch (field.kind()) {
      case NUMBERS -> "numeric";
      case MAPS -> "map";
      case VECTORS -> "vector";
      case TEXTS, BOOLEANS, MIXED, MISSING -> "categorical";
    };
  }

  /** A curve of twenty-five points or more, each over ten examples at least. */
  private int window() {
    long most = profile.whole() ? profile.records() / POINTS : Long.MAX_VALUE;
    int window = WINDOWS[0];
    for (int nice : WINDOWS) {
      window = nice <= most ? nice : window;
    }
    return window;
  }

  private String table() {
    return String.join("\n", FieldText.table(profile, MOST_LISTED));
  }
}
