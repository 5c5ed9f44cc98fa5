package io.anabranch.job.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies {@code --set PATH=VALUE} to the content of a file. A path goes by the file's keys; a list
 * entry is named by its position, or by its {@code id}.
 */
final class SetOption {
  /** Below these, what remains of the path is one key, dots and all. */
  private static final Set<String> OPEN = Set.of("flink", "kafka.properties");

  private static final Pattern INDEXED = Pattern.compile("([^\\[\\].]*)\\[(\\d{1,6})]");

  private final String option;
  private final Problems problems;

  private SetOption(String option, Problems problems) {
    this.option = option;
    this.problems = problems;
  }

  static void apply(String option, YamlNode.Mapping root, Problems problems) {
    new SetOption(option, problems).apply(root);
  }

  private void apply(YamlNode.Mapping root) {
    int equals = option.indexOf('=');
    if (equals < 1) {
      refuse("must be PATH=VALUE");
      return;
    }
    into(root, "", option.substring(0, equals), option.substring(equals + 1));
  }

  private void into(YamlNode.Mapping mapping, String at, String rest, String value) {
    int dot = OPEN.contains(at) ? -1 : rest.indexOf('.');
    String step = dot < 0 ? rest : rest.substring(0, dot);
    String after = dot < 0 ? "" : rest.substring(dot + 1);
    Matcher indexed = INDEXED.matcher(step);
    if (!OPEN.contains(at) && indexed.matches()) {
      String path = join(at, indexed.group(1));
      sequence(mapping, indexed.group(1), path)
          .ifPresent(list -> item(list, path, Integer.parseInt(indexed.group(2)), after, value));
      return;
    }
    if (step.isEmpty()) {
      refuse("the path has an empty step");
      return;
    }
    String path = join(at, step);
    YamlNode.Entry entry = mapping.entries().get(step);
    if (after.isEmpty()) {
      Origin origin = Origin.inOption(option, path);
      mapping.entries().put(step, new YamlNode.Entry(origin, parsed(origin, value)));
    } else if (entry != null && entry.value() instanceof YamlNode.Sequence list) {
      named(list, path, after, value);
    } else {
      section(mapping, step, path).ifPresent(inner -> into(inner, path, after, value));
    }
  }

  private void item(YamlNode.Sequence list, String path, int index, String after, String value) {
    if (index >= list.items().size()) {
      refuse(path + " has " + list.items().size() + " entries, no [" + index + "]");
      return;
    }
    String at = path + "[" + index + "]";
    if (after.isEmpty()) {
      list.items().set(index, parsed(Origin.inOption(option, at), value));
    } else if (list.items().get(index) instanceof YamlNode.Mapping inner) {
      into(inner, at, after, value);
    } else {
      refuse(at + " is " + list.items().get(index).kind() + ", not a section");
    }
  }

  /** An id may itself have dots: the longest one that fits is meant. */
  private void named(YamlNode.Sequence list, String path, String rest, String value) {
    List<String> ids = list.items().stream().map(SetOption::id).toList();
    int found = -1;
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      if (!id.isEmpty()
          && (rest.equals(id) || rest.startsWith(id + "."))
          && (found < 0 || id.length() > ids.get(found).length())) {
        found = i;
      }
    }
    if (found < 0) {
      String name = rest.split("\\.", 2)[0];
      List<String> known = ids.stream().filter(id -> !id.isEmpty()).toList();
      refuse(
          "unknown id '"
              + name
              + "'"
              + NearestName.hint(name, known)
              + "; "
              + path
              + " are: "
              + String.join(", ", known));
      return;
    }
    int end = ids.get(found).length();
    item(list, path, found, rest.length() > end ? rest.substring(end + 1) : "", value);
  }

  private static String id(YamlNode item) {
    if (item instanceof YamlNode.Mapping mapping) {
      YamlNode.Entry entry = mapping.entries().get("id");
      if (entry != null && entry.value() instanceof YamlNode.Scalar scalar) {
        return scalar.text();
      }
    }
    return "";
  }

  private Optional<YamlNode.Mapping> section(YamlNode.Mapping in, String name, String path) {
    YamlNode.Entry entry = in.entries().get(name);
    if (entry == null
        || (entry.value() instanceof YamlNode.Scalar scalar
            && scalar.type() == YamlNode.Type.EMPTY)) {
      Origin origin = Origin.inOption(option, path);
      YamlNode.Mapping made = new YamlNode.Mapping(origin, new LinkedHashMap<>());
      in.entries().put(name, new YamlNode.Entry(origin, made));
      return Optional.of(made);
    }
    if (entry.value() instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    refuse(path + " is " + entry.value().kind() + ", not a section");
    return Optional.empty();
  }

  private Optional<YamlNode.Sequence> sequence(YamlNode.Mapping in, String name, String path) {
    YamlNode.Entry entry = in.entries().get(name);
    if (entry != null && entry.value() instanceof YamlNode.Sequence list) {
      return Optional.of(list);
    }
    refuse(path + " is " + (entry == null ? "not there" : entry.value().kind() + ", not a list"));
    return Optional.empty();
  }

  private YamlNode parsed(Origin origin, String value) {
    return YamlReader.readOption(origin, value, problems)
        .orElseGet(() -> new YamlNode.Scalar(origin, YamlNode.Type.EMPTY, "", ""));
  }

  private void refuse(String rule) {
    problems.add(Origin.inOption(option, ""), "", rule);
  }

  private static String join(String at, String step) {
    return at.isEmpty() ? step : at + "." + step;
  }
}
