package io.anabranch.job.pipeline;

import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Clip;
import io.anabranch.models.feature.FeatureSpec.Feature;
import io.anabranch.models.feature.FeatureSpec.Missing;
import io.anabranch.models.feature.FeatureSpec.Scale;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of the list of {@code features}. */
final class FeatureReader {
  private static final Pattern INFINITE = Pattern.compile("[+-]?\\.(inf|Inf|INF)");

  private final Section entry;
  private final boolean csv;

  FeatureReader(Section entry, boolean csv) {
    this.entry = entry;
    this.csv = csv;
  }

  /** The combination of several fields; empty when it has a problem. */
  Optional<FeatureSpec.Cross> cross() {
    Set<String> fields = new LinkedHashSet<>();
    List<YamlNode.Scalar> written = entry.texts("cross");
    for (YamlNode.Scalar field : written) {
      if (!fields.add(field.text())) {
        entry.problem("cross", "must differ from each other, got '" + field.shown() + "' twice");
      }
    }
    if (entry.node("cross").orElse(null) instanceof YamlNode.Sequence && written.size() < 2) {
      entry.problem("cross", "must be at least 2 fields, got " + written.size());
    }
    int hash = (int) entry.number("hash");
    return fields.size() < 2
        ? Optional.empty()
        : Optional.of(new FeatureSpec.Cross(List.copyOf(fields), hash));
  }

  /** The feature of one field; empty when it has no type. */
  Optional<Feature> single() {
    String field = entry.text("field");
    Optional<String> type = entry.optionalText("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    only("scale", type.get(), "numeric", "vector");
    only("clip", type.get(), "numeric", "vector");
    only("missing", type.get(), "numeric", "categorical");
    only("hash", type.get(), "categorical", "text", "map");
    only("ngrams", type.get(), "text");
    Scale scale = Scale.ofText(entry.text("scale"));
    int hash = (int) entry.number("hash");
    return Optional.of(
        switch (type.get()) {
          case "numeric" -> new FeatureSpec.Numeric(field, scale, clip(), missing(scale));
          case "vector" -> new FeatureSpec.NumericVector(nested(field), scale, clip());
          case "categorical" -> new FeatureSpec.Categorical(field, hash, missing(Scale.NONE));
          case "text" -> new FeatureSpec.Text(field, (int) entry.number("ngrams"), hash);
          case "map" -> new FeatureSpec.MapOfNumbers(nested(field), hash);
          default -> throw new IllegalStateException("feature type " + type.get());
        });
  }

  private void only(String key, String type, String... types) {
    if (entry.node(key).isPresent() && !List.of(types).contains(type)) {
      String all = String.join(", ", types).replaceFirst(", (\\w+)$", " and $1");
      entry.problem(key, "is only for type: " + all + ", got type: " + type);
    }
  }

  private String nested(String field) {
    if (csv) {
      entry.problem(
          "type",
          "must be numeric, categorical or text for format: csv, got '" + entry.text("type") + "'");
    }
    return field;
  }

  private Missing missing(Scale scale) {
    Missing missing = Missing.ofText(entry.text("missing"));
    if (missing == Missing.MEAN && scale != Scale.STANDARD && scale != Scale.ROBUST) {
      entry.problem(
          "missing",
          "mean is only for type: numeric with scale: standard or robust, whose middle is 0; take"
              + " skip or indicator");
    }
    return missing;
  }

  private Clip clip() {
    if (entry.node("clip").isEmpty()) {
      return Clip.NONE;
    }
    if (!(entry.node("clip").get() instanceof YamlNode.Sequence range)
        || range.items().size() != 2) {
      return refused(entry.node("clip").get().kind());
    }
    Optional<Double> least = bound(range.items().get(0));
    Optional<Double> most = bound(range.items().get(1));
    if (least.isEmpty() || most.isEmpty() || least.get() >= most.get()) {
      return refused("[" + shown(range.items().get(0)) + ", " + shown(range.items().get(1)) + "]");
    }
    return new Clip(least.get(), most.get());
  }

  private Clip refused(String got) {
    entry.problem("clip", "must be [min, max], two numbers or .inf, min < max, got " + got);
    return Clip.NONE;
  }

  private static Optional<Double> bound(YamlNode node) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      return Optional.empty();
    }
    if (INFINITE.matcher(scalar.text()).matches()) {
      return Optional.of(
          scalar.text().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return HyperReader.number(scalar.text()).filter(Double::isFinite);
  }

  private static String shown(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? scalar.shown() : node.kind();
  }
}
