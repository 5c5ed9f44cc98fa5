package io.anabranch.job.pipeline;

import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of pipeline files, so that editors complete them and mark mistakes. It
 * knows the shape: keys, kinds, ranges, names, the hyperparameters of each learner type. What
 * depends on several keys at once is left to {@link PipelineFile}, which refuses all that the
 * schema refuses.
 */
public final class PipelineSchema {
  /** The schema without learner types of one's own, as a resource. */
  public static final String RESOURCE = "/schemas/pipeline.schema.json";

  private static final Map<String, Object> PLACEHOLDER = Map.of("$ref", "#/$defs/placeholder");
  private static final List<String> SCALARS = List.of("string", "number", "boolean");

  private final LearnerRegistry registry;

  private PipelineSchema(LearnerRegistry registry) {
    this.registry = registry;
  }

  /** The schema with the learner types of a registry, as JSON. */
  public static String json(LearnerRegistry registry) {
    return JsonText.of(new PipelineSchema(registry).root());
  }

  private Map<String, Object> root() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Anabranch pipeline file");
    root.putAll(section(PipelineKeys.ROOT));
    Map<String, Object> placeholder = new LinkedHashMap<>();
    placeholder.put(
        "description",
        "${NAME}, ${NAME:default} or ${file:PATH}: put in before anything is checked.");
    placeholder.put("type", "string");
    placeholder.put("pattern", "\\$\\{[^}]*\\}");
    root.put("$defs", Map.of("placeholder", placeholder));
    return root;
  }

  private Map<String, Object> section(ConfigKey section) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (ConfigKey child : section.children()) {
      if (child.built()) {
        properties.put(child.name(), property(child));
        if (child.required()) {
          required.add(child.name());
        }
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private Map<String, Object> property(ConfigKey key) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", key.description());
    defaultValue(key).forEach(schema::put);
    schema.putAll(values(key));
    return schema;
  }

  private Map<String, Object> values(ConfigKey key) {
    return switch (key.kind()) {
      case TEXT, FIELD -> ordered("type", SCALARS, "minLength", 1);
      case KAFKA_NAME ->
          orPlaceholder(
              ordered(
                  "type",
                  List.of("string", "number"),
                  "pattern",
                  "^" + ScalarRule.TOPIC.pattern() + "$",
                  "maxLength",
                  ScalarRule.LONGEST_TOPIC,
                  "not",
                  Map.of("enum", List.of(".", ".."))));
      case CHOICE -> orPlaceholder(Map.of("enum", key.choices()));
      case INTEGER -> orPlaceholder(whole(key.minimum(), key.maximum()));
      case FRACTION ->
          orPlaceholder(ordered("type", "number", "minimum", 0, "exclusiveMaximum", 1));
      case BOOLEAN -> orPlaceholder(Map.of("type", "boolean"));
      case DURATION ->
          orPlaceholder(
              ordered("type", "string", "pattern", "^" + ScalarRule.DURATION.pattern() + "$"));
      case SIZE ->
          orPlaceholder(
              ordered("type", "string", "pattern", "^" + ScalarRule.SIZE.pattern() + "$"));
      case RANGE ->
          orPlaceholder(
              ordered(
                  "type",
                  "array",
                  "items",
                  orPlaceholder(Map.of("type", "number")),
                  "minItems",
                  2,
                  "maxItems",
                  2));
      case FIELDS, TEXTS ->
          ordered("type", "array", "items", ordered("type", SCALARS, "minLength", 1));
      case SECTION -> section(key);
      case SECTIONS -> entries(key);
      case OPEN_SECTION -> Map.of("type", "object");
      case FORMS -> forms(PipelineKeys.forms(key.name()));
    };
  }

  private Map<String, Object> forms(PipelineKeys.Forms forms) {
    List<Object> all = new ArrayList<>();
    all.add(Map.of("enum", forms.words()));
    forms.section().ifPresent(section -> all.add(section(section)));
    if (!forms.entries().isEmpty()) {
      all.add(list(Map.of("anyOf", forms.entries().stream().map(this::section).toList())));
    }
    all.add(PLACEHOLDER);
    return Map.of("anyOf", all);
  }

  private Map<String, Object> entries(ConfigKey key) {
    Map<String, Object> entry = section(key);
    if (key.name().equals("learners")) {
      List<String> types = new ArrayList<>();
      registry.types().forEach(types::add);
      properties(entry).put("type", typeNames(key.child("type"), types));
      entry.put("allOf", types.stream().map(type -> onlyFor(type, key)).toList());
    }
    return list(entry);
  }

  private static Map<String, Object> typeNames(ConfigKey type, List<String> types) {
    Map<String, Object> schema = ordered("description", type.description());
    schema.putAll(orPlaceholder(Map.of("enum", types)));
    return schema;
  }

  @SuppressWarnings("unchecked") // section() made it
  private static Map<String, Object> properties(Map<String, Object> section) {
    return (Map<String, Object>) section.getOrDefault("properties", Map.of());
  }

  /** What holds for the learners of one type. */
  private Map<String, Object> onlyFor(String type, ConfigKey learners) {
    LearnerProvider provider = registry.find(type).orElseThrow();
    List<String> placements =
        Arrays.stream(Placement.values())
            .filter(provider.about().placements()::contains)
            .map(Placement::text)
            .filter(learners.child("placement").choices()::contains)
            .toList();
    Map<String, Object> hyper = new LinkedHashMap<>();
    provider.hyperparameters().forEach(rule -> hyper.put(rule.name(), hyperparameter(rule)));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("placement", orPlaceholder(Map.of("enum", placements)));
    properties.put(
        "hyper",
        ordered(
            "description",
            provider.about().description(),
            "type",
            "object",
            "properties",
            hyper,
            "additionalProperties",
            false));
    return ordered(
        "if",
        ordered("properties", Map.of("type", Map.of("const", type)), "required", List.of("type")),
        "then",
        Map.of("properties", properties));
  }

  private static Map<String, Object> hyperparameter(Hyperparameter rule) {
    Map<String, Object> schema =
        ordered("description", rule.description() + " Default: " + rule.defaultText() + ".");
    schema.putAll(
        orPlaceholder(
            switch (rule.kind()) {
              case BOOLEAN -> Map.of("type", "boolean");
              case TEXT ->
                  rule.choices().isEmpty()
                      ? ordered("type", SCALARS, "minLength", 1)
                      : ordered("enum", rule.choices());
              case INTEGER -> range("integer", rule);
              case NUMBER -> range("number", rule);
            }));
    return schema;
  }

  private static Map<String, Object> range(String type, Hyperparameter rule) {
    Map<String, Object> schema = ordered("type", type);
    if (rule.minimum() > Double.NEGATIVE_INFINITY) {
      schema.put(rule.minimumExclusive() ? "exclusiveMinimum" : "minimum", rule.minimum());
    }
    if (rule.maximum() < Double.POSITIVE_INFINITY) {
      schema.put("maximum", rule.maximum());
    }
    return schema;
  }

  private static Map<String, Object> whole(long minimum, long maximum) {
    Map<String, Object> schema = ordered("type", "integer");
    if (minimum > Long.MIN_VALUE) {
      schema.put("minimum", minimum);
    }
    if (maximum < Long.MAX_VALUE) {
      schema.put("maximum", maximum);
    }
    return schema;
  }

  private static Map<String, Object> defaultValue(ConfigKey key) {
    String text = key.defaultText();
    if (text.isEmpty()) {
      return Map.of();
    }
    return Map.of(
        "default",
        switch (key.kind()) {
          case INTEGER -> Long.valueOf(text);
          case FRACTION -> Double.valueOf(text);
          case BOOLEAN -> Boolean.valueOf(text);
          case TEXT, FIELD, KAFKA_NAME, CHOICE, DURATION, SIZE, FORMS -> text;
          case RANGE, FIELDS, TEXTS, SECTION, SECTIONS, OPEN_SECTION ->
              throw new IllegalStateException(key.name() + " has a default that is no value");
        });
  }

  private static Map<String, Object> list(Map<String, Object> entry) {
    return ordered("type", "array", "minItems", 1, "items", entry);
  }

  private static Map<String, Object> orPlaceholder(Map<String, Object> schema) {
    return Map.of("anyOf", List.of(schema, PLACEHOLDER));
  }

  /** A map in the order given: keys and values in turn. */
  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
