package io.anabranch.job.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A section of the file, read by its declared keys. What is wrong is reported and replaced by the
 * default, so that reading goes on to the next problem.
 */
final class Section {
  private final ConfigKey declared;
  private final YamlNode.Mapping mapping;
  private final String path;
  private final Substitution substitution;
  private final Problems problems;

  Section(
      ConfigKey declared,
      YamlNode.Mapping mapping,
      String path,
      Substitution substitution,
      Problems problems) {
    this.declared = declared;
    this.mapping = mapping;
    this.path = path;
    this.substitution = substitution;
    this.problems = problems;
    checkKeys();
  }

  private void checkKeys() {
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!declared.childNames().contains(name)) {
                problems.add(
                    entry.origin(), path(name), "unknown key '" + name + "'" + suggestion(name));
              } else if (!declared.child(name).built()) {
                problems.add(entry.origin(), path(name), "is not built yet");
              }
            });
    for (ConfigKey child : declared.children()) {
      if (child.required() && node(child.name()).isEmpty()) {
        problems.add(keyOrigin(child.name()), path(child.name()), "is required");
      }
    }
  }

  private String suggestion(String name) {
    List<String> known =
        declared.children().stream().filter(ConfigKey::built).map(ConfigKey::name).toList();
    String hint = NearestName.hint(name, known);
    return hint.isEmpty() ? "; known here are: " + String.join(", ", known) : hint;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The value of a key; empty when it is absent or nothing stands behind it. */
  Optional<YamlNode> node(String name) {
    YamlNode.Entry entry = mapping.entries().get(name);
    if (entry == null
        || (entry.value() instanceof YamlNode.Scalar scalar
            && scalar.type() == YamlNode.Type.EMPTY)) {
      return Optional.empty();
    }
    return Optional.of(entry.value());
  }

  /** Where a value was written; for an absent key, where its section was. */
  Origin origin(String name) {
    return node(name).map(YamlNode::origin).orElseGet(() -> keyOrigin(name));
  }

  private Origin keyOrigin(String name) {
    YamlNode.Entry entry = mapping.entries().get(name);
    return entry == null ? mapping.origin() : entry.origin();
  }

  /** Reports a problem with the value of a key. */
  void problem(String name, String rule) {
    problems.add(origin(name), path(name), rule);
  }

  /** A value as it was written, for messages; {@code otherwise} when nothing was written. */
  String shown(String name, String otherwise) {
    return node(name).orElse(mapping) instanceof YamlNode.Scalar scalar
        ? scalar.shown()
        : otherwise;
  }

  /** Reports a problem with a value further inside. */
  void problemAt(Origin origin, String inside, String rule) {
    problems.add(origin, path(inside), rule);
  }

  /** A value of several forms as the section it turned out to be. */
  Section inner(String name, ConfigKey key, YamlNode.Mapping node) {
    return new Section(key, node, path(name), substitution, problems);
  }

  /** The single value of a key, checked against its rule; empty when absent or wrong. */
  Optional<YamlNode.Scalar> scalar(String name) {
    Optional<YamlNode> node = node(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof YamlNode.Scalar scalar)) {
      problem(name, "must be a single value, got " + node.get().kind());
      return Optional.empty();
    }
    if (scalar.type() == YamlNode.Type.FAILED) {
      return Optional.empty();
    }
    Optional<String> broken = ScalarRule.broken(declared.child(name), scalar);
    broken.ifPresent(rule -> problem(name, rule));
    return broken.isPresent() ? Optional.empty() : Optional.of(scalar);
  }

  /** The text of a key, or its default; "" when it has none. */
  String text(String name) {
    return optionalText(name).orElseGet(() -> substitution.inDefault(declared.child(name)));
  }

  Optional<String> optionalText(String name) {
    return scalar(name).map(YamlNode.Scalar::text);
  }

  /**
   * The whole number or, in milliseconds and bytes, the duration or size of a key, or its default.
   */
  long number(String name) {
    ConfigKey key = declared.child(name);
    String text = text(name);
    OptionalLong number =
        switch (key.kind()) {
          case DURATION -> ScalarRule.millis(text);
          case SIZE -> ScalarRule.bytes(text);
          default -> ScalarRule.whole(text);
        };
    return number.orElse(key.minimum());
  }

  /** The fraction of a key, or its default. */
  double fraction(String name) {
    return ScalarRule.fraction(text(name)).orElse(0);
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /** The nested section; an empty one when it is absent or wrong. */
  Section section(String name) {
    Optional<YamlNode> node = node(name);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping inner) {
      return new Section(declared.child(name), inner, path(name), substitution, problems);
    }
    node.ifPresent(other -> problem(name, "must be a section, got " + other.kind()));
    ConfigKey lenient = declared.child(name).withoutRequirements();
    YamlNode.Mapping none = new YamlNode.Mapping(origin(name), new LinkedHashMap<>());
    return new Section(lenient, none, path(name), substitution, problems);
  }

  /** The list of a key; empty when it is absent or wrong. */
  List<YamlNode> list(String name) {
    Optional<YamlNode> node = node(name);
    if (node.isPresent() && node.get() instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    node.ifPresent(other -> problem(name, "must be a list, got " + other.kind()));
    return List.of();
  }

  /** Whether a list without entries was written. */
  boolean hasEmptyList(String name) {
    return node(name)
        .filter(node -> node instanceof YamlNode.Sequence sequence && sequence.items().isEmpty())
        .isPresent();
  }

  /** The texts of a list. */
  List<YamlNode.Scalar> texts(String name) {
    List<YamlNode.Scalar> texts = new ArrayList<>();
    int i = 0;
    for (YamlNode item : list(name)) {
      if (item instanceof YamlNode.Scalar scalar && scalar.type() != YamlNode.Type.EMPTY) {
        texts.add(scalar);
      } else {
        problems.add(
            item.origin(), path(name) + "[" + i + "]", "must be a text, got " + item.kind());
      }
      i++;
    }
    return texts;
  }

  /** Whether a key stands there, with a value or without. */
  boolean has(String name) {
    return mapping.entries().containsKey(name);
  }

  /** Sections of a list. */
  List<Section> sections(String name, ConfigKey key) {
    return sections(name, entry -> key);
  }

  /** Sections of a list, whose keys depend on what they hold. */
  List<Section> sections(String name, Function<YamlNode.Mapping, ConfigKey> keys) {
    List<Section> sections = new ArrayList<>();
    int i = 0;
    for (YamlNode item : list(name)) {
      String at = path(name) + "[" + i++ + "]";
      if (item instanceof YamlNode.Mapping inner) {
        sections.add(new Section(keys.apply(inner), inner, at, substitution, problems));
      } else {
        problems.add(item.origin(), at, "must be a section, got " + item.kind());
      }
    }
    return sections;
  }

  /** The section of a key whose keys are not ours, nested ones joined by dots. */
  Map<String, YamlNode.Scalar> open(String name) {
    Map<String, YamlNode.Scalar> values = new LinkedHashMap<>();
    Optional<YamlNode> node = node(name);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping inner) {
      flatten("", path(name), inner, values);
    } else {
      node.ifPresent(other -> problem(name, "must be a section, got " + other.kind()));
    }
    return values;
  }

  /** Texts of {@link #open}. */
  Map<String, String> openTexts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    open(name).forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }

  private void flatten(
      String prefix, String at, YamlNode.Mapping inner, Map<String, YamlNode.Scalar> values) {
    inner
        .entries()
        .forEach(
            (key, entry) -> {
              String innerPath = at + "." + key;
              if (entry.value() instanceof YamlNode.Mapping deeper) {
                flatten(prefix + key + ".", innerPath, deeper, values);
              } else if (entry.value() instanceof YamlNode.Scalar scalar) {
                values.put(prefix + key, scalar);
              } else {
                problems.add(
                    entry.origin(),
                    innerPath,
                    "must be a single value, got " + entry.value().kind());
              }
            });
  }
}
