package io.anabranch.local;

import io.anabranch.local.draft.DraftOptions;
import io.anabranch.models.data.TargetType;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What {@code init} and {@code evaluate} can be told of a data file. */
final class DraftingOptions {
  @Option(names = "--target", paramLabel = "FIELD", description = "What is to be predicted.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--learner",
      paramLabel = "TYPE",
      split = ",",
      description =
          "A learner type; the baselines come along. Repeatable. Default: all that fit the target.")
  private List<String> learners = List.of();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "binary, multiclass or numeric. Default: by the values of the target.")
  private Optional<String> type = Optional.empty();

  @Option(
      names = "--positive",
      paramLabel = "LABEL",
      description = "The positive label of a binary target.")
  private Optional<String> positive = Optional.empty();

  @Option(
      names = "--exclude",
      paramLabel = "FIELD",
      split = ",",
      description = "No feature. Repeatable.")
  private List<String> exclude = List.of();

  @Option(names = "--id", paramLabel = "FIELD", description = "What identifies a record.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      description = "The entity: beside one model, also a model for each of its values.")
  private Optional<String> key = Optional.empty();

  @Option(names = "--time", paramLabel = "FIELD", description = "The event time.")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Examples per point of a learning curve. Default: by the size of the file.")
  private Optional<Integer> window = Optional.empty();

  /** The names of the options given that say something of the data. */
  List<String> given() {
    java.util.ArrayList<String> names = new java.util.ArrayList<>();
    target.ifPresent(given -> names.add("--target"));
    type.ifPresent(given -> names.add("--type"));
    positive.ifPresent(given -> names.add("--positive"));
    id.ifPresent(given -> names.add("--id"));
    key.ifPresent(given -> names.add("--key"));
    time.ifPresent(given -> names.add("--time"));
    if (!learners.isEmpty()) {
      names.add("--learner");
    }
    if (!exclude.isEmpty()) {
      names.add("--exclude");
    }
    return names;
  }

  Optional<Integer> window(CommandSpec spec) {
    if (window.isPresent() && window.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--window must be >= 1, got " + window.get());
    }
    return window;
  }

  DraftOptions toOptions(CommandSpec spec) {
    return new DraftOptions(
        target,
        type.map(text -> type(spec, text)),
        positive,
        id,
        key,
        time,
        exclude,
        learners,
        window(spec));
  }

  private static TargetType type(CommandSpec spec, String text) {
    return switch (text) {
      case "binary" -> TargetType.BINARY;
      case "multiclass" -> TargetType.MULTICLASS;
      case "numeric" -> TargetType.NUMERIC;
      default ->
          throw new ParameterException(
              spec.commandLine(), "--type must be binary, multiclass or numeric, got " + text);
    };
  }
}
