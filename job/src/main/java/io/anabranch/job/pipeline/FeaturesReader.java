package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Scale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code features}: auto, auto with exclusions, or a list. */
final class FeaturesReader {
  private final Section root;
  private final Set<String> reserved;
  private final TargetField target;
  private final boolean csv;

  FeaturesReader(Section root, Set<String> reserved, TargetField target, boolean csv) {
    this.csv = csv;
    this.root = root;
    this.reserved = reserved;
    this.target = target;
  }

  FeatureSpec read() {
    Optional<YamlNode> node = root.node("features");
    if (node.isEmpty()) {
      return new FeatureSpec.Auto(reserved);
    }
    if (node.get() instanceof YamlNode.Sequence) {
      return listed();
    }
    if (node.get() instanceof YamlNode.Mapping mapping) {
      return auto(root.inner("features", PipelineKeys.AUTO, mapping).section("auto"));
    }
    YamlNode.Scalar word = (YamlNode.Scalar) node.get();
    if (!word.text().equals("auto") && word.type() != YamlNode.Type.FAILED) {
      root.problem(
          "features",
          "must be auto, {auto: {exclude: [FIELD, …]}} or a list of features, got "
              + word.kind()
              + NearestName.hint(word.text(), List.of("auto")));
    }
    return new FeatureSpec.Auto(reserved);
  }

  private FeatureSpec auto(Section auto) {
    Set<String> exclude = new LinkedHashSet<>(reserved);
    auto.texts("exclude").forEach(field -> exclude.add(field.text()));
    return new FeatureSpec.Auto(exclude);
  }

  private FeatureSpec listed() {
    List<FeatureSpec.Feature> features = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    int i = 0;
    for (Section entry : root.sections("features", PipelineKeys.FEATURE)) {
      feature(entry).ifPresent(features::add);
      String field = entry.text("field");
      if (!field.isEmpty() && field.equals(target.field())) {
        entry.problem(
            "field",
            "is the target, which must not be a feature, got '"
                + entry.shown("field", field)
                + "'");
      }
      Integer earlier = field.isEmpty() ? null : seen.putIfAbsent(field, i);
      if (earlier != null) {
        entry.problem(
            "field",
            "is listed already as features["
                + earlier
                + "], got '"
                + entry.shown("field", field)
                + "'");
      }
      i++;
    }
    if (root.hasEmptyList("features")) {
      root.problem("features", "must list at least one feature");
    }
    return new FeatureSpec.Listed(features);
  }

  private Optional<FeatureSpec.Feature> feature(Section entry) {
    String field = entry.text("field");
    Optional<String> type = entry.optionalText("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    boolean nested = type.get().equals("map") || type.get().equals("vector");
    if (csv && nested) {
      entry.problem(
          "type", "must be numeric or categorical for format: csv, got '" + type.get() + "'");
    }
    boolean numeric = type.get().equals("numeric") || type.get().equals("vector");
    if (!numeric && entry.node("scale").isPresent()) {
      entry.problem("scale", "is only for type: numeric and vector, got type: " + type.get());
    }
    if (!type.get().equals("categorical") && entry.node("hash").isPresent()) {
      entry.problem("hash", "is only for type: categorical, got type: " + type.get());
    }
    Scale scale = entry.text("scale").equals("none") ? Scale.NONE : Scale.STANDARD;
    return Optional.of(
        switch (type.get()) {
          case "numeric" -> new FeatureSpec.Numeric(field, scale);
          case "vector" -> new FeatureSpec.NumericVector(field, scale);
          case "categorical" -> new FeatureSpec.Categorical(field, (int) entry.number("hash"));
          case "map" -> new FeatureSpec.MapOfNumbers(field);
          default -> throw new IllegalStateException("feature type " + type.get());
        });
  }
}
