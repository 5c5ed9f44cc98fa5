package io.anabranch.job.pipeline;

import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerProvider;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code hyper} by the hyperparameters that the learner declares. */
final class HyperReader {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private HyperReader() {}

  static Map<String, Serializable> read(Section entry, LearnerProvider provider) {
    Map<String, Serializable> values = new HashMap<>();
    List<String> names = provider.hyperparameters().stream().map(Hyperparameter::name).toList();
    entry
        .open("hyper")
        .forEach(
            (name, scalar) -> {
              int position = names.indexOf(name);
              String at = "hyper." + name;
              if (position < 0) {
                String all = names.isEmpty() ? "none" : String.join(", ", names);
                String hint = NearestName.hint(name, names);
                entry.problemAt(
                    scalar.origin(),
                    at,
                    "unknown hyperparameter '"
                        + name
                        + "'"
                        + (hint.isEmpty() ? "; " + provider.type() + " has: " + all : hint));
                return;
              }
              Hyperparameter rule = provider.hyperparameters().get(position);
              Optional<Serializable> value = value(rule, scalar.text());
              if (value.isPresent()) {
                values.put(name, value.get());
              } else if (scalar.type() != YamlNode.Type.FAILED) {
                entry.problemAt(
                    scalar.origin(),
                    at,
                    broken(rule, scalar.text())
                        + ", got "
                        + got(scalar, !rule.choices().isEmpty()));
              }
            });
    return values;
  }

  private static Optional<Serializable> value(Hyperparameter rule, String text) {
    return switch (rule.kind()) {
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.of(Boolean.valueOf(text))
              : Optional.empty();
      case TEXT -> Optional.<Serializable>of(text).filter(any -> rule.admits(text));
      case NUMBER -> number(text).filter(rule::admits).map(Double::valueOf);
      case INTEGER -> number(text).filter(rule::admits).map(Double::longValue);
    };
  }

  private static String broken(Hyperparameter rule, String text) {
    return switch (rule.kind()) {
      case NUMBER, INTEGER -> number(text).map(rule::ruleBrokenBy).orElse(rule.rule());
      case BOOLEAN, TEXT -> rule.rule();
    };
  }

  /** The number of a text. */
  static Optional<Double> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
  }

  private static String got(YamlNode.Scalar scalar, boolean chosen) {
    return switch (scalar.type()) {
      case NUMBER, BOOLEAN -> scalar.shown();
      case TEXT -> chosen ? "'" + scalar.shown() + "'" : scalar.kind();
      case EMPTY, FAILED -> scalar.kind();
    };
  }
}
