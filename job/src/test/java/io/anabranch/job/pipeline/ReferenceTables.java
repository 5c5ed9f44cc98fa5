package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.ConfigKey.Kind;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.metrics.LearningMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of the documentation that follow from the code. */
final class ReferenceTables {
  private ReferenceTables() {}

  /** Every key of a section and of what is in it, with values, default and meaning. */
  static String keys(ConfigKey section) {
    StringBuilder table = new StringBuilder("| key | values | default | |\n|---|---|---|---|\n");
    rows("", section, table);
    return table.toString();
  }

  private static void rows(String prefix, ConfigKey section, StringBuilder table) {
    for (ConfigKey key : section.children()) {
      String path = prefix + key.name();
      if (!key.built()) {
        continue;
      }
      if (key.children().isEmpty()) {
        String standard =
            key.required()
                ? "required"
                : key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`";
        row(table, "`" + path + "`", values(key), standard, key.description());
      } else {
        rows(path + (key.kind() == Kind.SECTIONS ? "[]." : "."), key, table);
      }
    }
  }

  private static String values(ConfigKey key) {
    return switch (key.kind()) {
      case TEXT -> "a text";
      case FIELD -> "a field";
      case KAFKA_NAME -> "a legal Kafka name";
      case CHOICE -> code(key.choices());
      case BOOLEAN -> "`true`, `false`";
      case FRACTION -> "a number >= 0 and < 1";
      case RANGE -> "`[min, max]`";
      case FIELDS -> "a list of fields";
      case TEXTS -> "a list of texts";
      case OPEN_SECTION -> "a section";
      case FORMS -> "see below";
      case INTEGER -> ScalarRule.wording(key).replaceFirst("^must be ", "");
      case SIZE -> "a size >= " + (key.minimum() >> 20) + "mb";
      case DURATION -> "a duration >= " + key.minimum() + "ms";
      case SECTION, SECTIONS -> throw new IllegalArgumentException(key.name() + " has no keys");
    };
  }

  /** What is specified and not built yet: keys, and names among the choices of built keys. */
  static String planned(ConfigKey section, String prefix) {
    List<String> lines = new ArrayList<>();
    for (ConfigKey key : section.children()) {
      String path = prefix + key.name();
      if (!key.built()) {
        lines.add("- `" + path + "`: " + key.description() + "\n");
      } else if (!key.planned().isEmpty()) {
        lines.add("- `" + path + "` " + code(key.planned()) + "\n");
      }
      lines.add(planned(key, path + (key.kind() == Kind.SECTIONS ? "[]." : ".")));
    }
    return String.join("", lines);
  }

  /** One row for each learner type. */
  static String learners(List<LearnerProvider> providers) {
    StringBuilder table =
        new StringBuilder("| type | targets | placements | what it is |\n|---|---|---|---|\n");
    for (LearnerProvider provider : providers) {
      row(
          table,
          "`" + provider.type() + "`",
          Arrays.stream(TargetType.values())
              .filter(provider.about().targets()::contains)
              .map(target -> target.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", ")),
          code(
              Arrays.stream(Placement.values())
                  .filter(provider.about().placements()::contains)
                  .map(Placement::text)
                  .toList()),
          provider.about().description());
    }
    return table.toString();
  }

  /** The hyperparameters of one learner type. */
  static String hyperparameters(LearnerProvider provider) {
    StringBuilder table =
        new StringBuilder("| `hyper:` | values | default | meaning |\n|---|---|---|---|\n");
    for (Hyperparameter rule : provider.hyperparameters()) {
      row(
          table,
          "`" + rule.name() + "`",
          rule.rule().replaceFirst("^must be ", ""),
          rule.defaultText(),
          rule.description());
    }
    return table.toString();
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static void row(StringBuilder table, String... cells) {
    table.append(
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n"))
            .replace("|  |", "| |"));
  }

  /** All metrics, by the operators that have them. */
  static String metrics() {
    StringBuilder table =
        new StringBuilder(
            "| name | kind | labels | from | what it says |\n|---|---|---|---|---|\n");
    for (LearningMetric metric : LearningMetric.values()) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  metric.prometheusName(),
                  metric.kind().name().toLowerCase(Locale.ROOT),
                  metric.scope().labels(),
                  metric.operators(),
                  metric.description()));
    }
    return table.toString();
  }
}
