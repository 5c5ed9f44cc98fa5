package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.ConfigKey.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks that every field that a file names is one of its columns. Only CSV has them: which fields
 * JSON objects will have, nobody knows beforehand.
 */
final class ColumnReferences {
  /** A word in the place of a field: one model for all records. */
  private static final String NO_KEY = "none";

  private final List<String> columns;
  private final Problems problems;

  private ColumnReferences(List<String> columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  static void check(YamlNode.Mapping root, List<String> columns, Problems problems) {
    ColumnReferences references = new ColumnReferences(columns, problems);
    references.section(root, PipelineKeys.ROOT, "");
    YamlNode.Entry features = root.entries().get("features");
    if (features != null && features.value() instanceof YamlNode.Sequence listed) {
      references.entries(listed, FeaturesReader::keys, "features");
    }
  }

  private void section(YamlNode.Mapping mapping, ConfigKey declared, String path) {
    for (ConfigKey key : declared.children()) {
      Optional<YamlNode> value =
          Optional.ofNullable(mapping.entries().get(key.name())).map(YamlNode.Entry::value);
      String at = path.isEmpty() ? key.name() : path + "." + key.name();
      if (value.isEmpty()) {
        continue;
      }
      if (value.get() instanceof YamlNode.Mapping inner) {
        section(inner, key, at);
      } else if (value.get() instanceof YamlNode.Sequence list && key.kind() == Kind.SECTIONS) {
        entries(list, entry -> key, at);
      } else if (value.get() instanceof YamlNode.Sequence list && key.kind() == Kind.FIELDS) {
        fields(list, at);
      } else if (value.get() instanceof YamlNode.Scalar scalar && key.kind() == Kind.FIELD) {
        field(scalar, at);
      }
    }
  }

  private void entries(
      YamlNode.Sequence list, Function<YamlNode.Mapping, ConfigKey> keys, String path) {
    int i = 0;
    for (YamlNode item : list.items()) {
      String at = path + "[" + i++ + "]";
      if (item instanceof YamlNode.Mapping entry) {
        section(entry, keys.apply(entry), at);
      }
    }
  }

  private void fields(YamlNode.Sequence list, String path) {
    int i = 0;
    for (YamlNode item : list.items()) {
      String at = path + "[" + i++ + "]";
      if (item instanceof YamlNode.Scalar scalar) {
        field(scalar, at);
      }
    }
  }

  private void field(YamlNode.Scalar field, String path) {
    boolean named = field.type() != YamlNode.Type.EMPTY && field.type() != YamlNode.Type.FAILED;
    boolean noKey = path.endsWith("].key") && field.text().equals(NO_KEY);
    if (named && !noKey && !field.text().isEmpty() && !columns.contains(field.text())) {
      problems.add(
          field.origin(),
          path,
          "must be one of input.columns, got "
              + field.kind()
              + NearestName.hint(field.text(), columns));
    }
  }
}
