package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code target}. */
final class TargetReader {
  private final Section section;

  private TargetReader(Section section) {
    this.section = section;
  }

  static TargetField read(Section section) {
    return new TargetReader(section).target();
  }

  private TargetField target() {
    // The type's problem, when there is one, is known; a stand-in lets reading go on.
    Optional<TargetType> type = section.scalar("type").map(scalar -> type(scalar.text()));
    type.ifPresent(this::check);
    String field = section.text("field");
    Optional<String> weight = section.optionalText("weight");
    if (weight.isPresent() && weight.get().equals(field)) {
      section.problem(
          "weight", "must differ from target.field, got '" + section.shown("field", field) + "'");
    }
    return new TargetField(field, target(type.orElse(TargetType.NONE)), weight);
  }

  private Target target(TargetType type) {
    return switch (type) {
      case BINARY -> Target.binary(section.scalar("positive").map(TargetReader::label).orElse("1"));
      case MULTICLASS -> new Target(type, "", classes());
      case NUMERIC, NONE -> new Target(type, "", List.of());
    };
  }

  private void check(TargetType type) {
    boolean binary = type == TargetType.BINARY;
    if (binary && section.node("positive").isEmpty()) {
      section.problem("positive", "is required for type: binary: the label of the positive class");
    } else if (!binary && section.node("positive").isPresent()) {
      section.problem("positive", "is only for type: binary, got type: " + name(type));
    }
    if (type != TargetType.MULTICLASS && section.node("classes").isPresent()) {
      section.problem("classes", "is only for type: multiclass, got type: " + name(type));
    }
    if (type == TargetType.NONE && section.node("field").isPresent()) {
      section.problem("field", "must be left out for type: none");
    } else if (type != TargetType.NONE && section.node("field").isEmpty()) {
      section.problem("field", "is required");
    }
  }

  private List<String> classes() {
    Set<String> classes = new LinkedHashSet<>();
    List<YamlNode.Scalar> texts = section.texts("classes");
    for (YamlNode.Scalar text : texts) {
      if (!classes.add(label(text))) {
        section.problem("classes", "must differ from each other, got '" + text.shown() + "' twice");
      }
    }
    if (section.node("classes").isPresent() && classes.size() < 2) {
      section.problem("classes", "must be at least 2, got " + classes.size());
    }
    return List.copyOf(classes);
  }

  private static String label(YamlNode.Scalar scalar) {
    return scalar.type() == YamlNode.Type.NUMBER
        ? LabelText.ofNumber(scalar.text())
        : scalar.text();
  }

  private static String name(TargetType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static TargetType type(String text) {
    return switch (text) {
      case "binary" -> TargetType.BINARY;
      case "multiclass" -> TargetType.MULTICLASS;
      case "numeric" -> TargetType.NUMERIC;
      case "none" -> TargetType.NONE;
      default -> throw new IllegalStateException("target type " + text);
    };
  }
}
