package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Feature;
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
    return new FeatureSpec.Auto(exclude, (int) auto.number("hash"));
  }

  private FeatureSpec listed() {
    List<Feature> features = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    List<Section> entries = root.sections("features", FeaturesReader::keys);
    for (int i = 0; i < entries.size(); i++) {
      Section entry = entries.get(i);
      FeatureReader reader = new FeatureReader(entry, csv);
      boolean cross = entry.has("cross");
      Optional<? extends Feature> feature = cross ? reader.cross() : reader.single();
      feature.ifPresent(features::add);
      String field = cross ? feature.map(Feature::field).orElse("") : entry.text("field");
      once(entry, cross ? "cross" : "field", field, i, places);
      if (!cross) {
        notTheTarget(entry, "field", field);
        entry.optionalText("type").ifPresent(type -> types.put(field, type));
      }
    }
    for (Section entry : entries) {
      if (entry.has("cross")) {
        entry.texts("cross").forEach(field -> crossable(entry, field.text(), types));
      }
    }
    if (root.hasEmptyList("features")) {
      root.problem("features", "must list at least one feature");
    }
    return new FeatureSpec.Listed(features);
  }

  /** The keys of an entry: with a cross it has others. */
  static ConfigKey keys(YamlNode.Mapping entry) {
    return entry.entries().containsKey("cross") ? PipelineKeys.CROSS : PipelineKeys.FEATURE;
  }

  private static void once(
      Section entry, String key, String field, int place, Map<String, Integer> places) {
    Integer earlier = field.isEmpty() ? null : places.putIfAbsent(field, place);
    if (earlier != null) {
      entry.problem(
          key,
          "is listed already as features[" + earlier + "], got '" + entry.shown(key, field) + "'");
    }
  }

  private void crossable(Section entry, String field, Map<String, String> types) {
    notTheTarget(entry, "cross", field);
    String type = types.getOrDefault(field, "categorical");
    if (!type.equals("categorical") && !type.equals("numeric")) {
      entry.problem(
          "cross",
          "must be of fields that are numeric, categorical or not listed, got '"
              + field
              + "' of type: "
              + type);
    }
  }

  private void notTheTarget(Section entry, String key, String field) {
    if (!field.isEmpty() && field.equals(target.field())) {
      entry.problem(
          key, "is the target, which must not be a feature, got '" + entry.shown(key, field) + "'");
    }
  }
}
