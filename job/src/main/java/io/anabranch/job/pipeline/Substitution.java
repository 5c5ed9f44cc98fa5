package io.anabranch.job.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables and the content of files into values: <code>${NAME}</code>, <code>
 * ${NAME:default}</code>, <code>${file:PATH}</code> with a path relative to the pipeline file; a
 * dollar sign in front makes it literal. What was put in is never shown: errors show the
 * placeholder.
 */
final class Substitution {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{([^}]*)}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";

  private final Path directory;
  private final Function<String, Optional<String>> environment;
  private final Problems problems;

  /** File paths are relative to the directory of {@code fileName}. */
  Substitution(String fileName, Function<String, Optional<String>> environment, Problems problems) {
    this.directory = directoryOf(fileName);
    this.environment = environment;
    this.problems = problems;
  }

  private static Path directoryOf(String fileName) {
    Path here = Path.of("");
    try {
      Path parent = Path.of(fileName).getParent();
      return parent == null ? here : parent;
    } catch (InvalidPathException e) {
      // A URI that is no path here: what is relative is relative to the working directory.
      return here;
    }
  }

  /** The node with every placeholder replaced. */
  YamlNode in(YamlNode node, String path) {
    if (node instanceof YamlNode.Mapping mapping) {
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach(
              (name, entry) ->
                  entries.put(
                      name,
                      new YamlNode.Entry(
                          entry.origin(),
                          in(entry.value(), path.isEmpty() ? name : path + "." + name))));
      return new YamlNode.Mapping(mapping.origin(), entries);
    } else if (node instanceof YamlNode.Sequence sequence) {
      List<YamlNode> items = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        items.add(in(item, path + "[" + items.size() + "]"));
      }
      return new YamlNode.Sequence(sequence.origin(), items);
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    return scalar.text().contains("${") ? replaced(scalar, path) : scalar;
  }

  /** The default of a key, as if it stood in the file. */
  String inDefault(ConfigKey key) {
    YamlNode.Scalar scalar =
        new YamlNode.Scalar(
            Origin.inFile("", 0), YamlNode.Type.TEXT, key.defaultText(), key.defaultText());
    return scalar.text().contains("${") ? replaced(scalar, key.name()).text() : scalar.text();
  }

  private YamlNode.Scalar replaced(YamlNode.Scalar scalar, String path) {
    StringBuilder text = new StringBuilder();
    boolean failed = false;
    Matcher matcher = PLACEHOLDER.matcher(scalar.text());
    while (matcher.find()) {
      String replacement;
      if (matcher.group().startsWith("$$")) {
        replacement = matcher.group().substring(1);
      } else {
        Optional<String> value = value(matcher.group(1), scalar.origin(), path);
        failed |= value.isEmpty();
        replacement = value.orElse("");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(replacement));
    }
    matcher.appendTail(text);
    String result = text.toString();
    YamlNode.Type type = result.isEmpty() ? YamlNode.Type.TEXT : YamlReader.typeOf(result);
    if (failed) {
      type = YamlNode.Type.FAILED;
    }
    return new YamlNode.Scalar(scalar.origin(), type, result, scalar.shown());
  }

  private Optional<String> value(String inside, Origin origin, String path) {
    if (inside.startsWith(FILE)) {
      return content(inside.substring(FILE.length()), origin, path);
    }
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    if (!VARIABLE.matcher(name).matches()) {
      problems.add(
          origin, path, "${" + inside + "} must be ${NAME}, ${NAME:default} or ${file:PATH}");
      return Optional.empty();
    }
    Optional<String> value = environment.apply(name);
    if (value.isEmpty() && colon >= 0) {
      return Optional.of(inside.substring(colon + 1));
    }
    if (value.isEmpty()) {
      problems.add(origin, path, "environment variable " + name + " is not set");
    }
    return value;
  }

  private Optional<String> content(String file, Origin origin, String path) {
    try {
      return Optional.of(Files.readString(directory.resolve(file)).stripTrailing());
    } catch (IOException | InvalidPathException e) {
      problems.add(
          origin, path, "file '" + file + "' cannot be read: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
