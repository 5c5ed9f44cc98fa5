package io.anabranch.job.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 into nodes that know their lines. */
final class YamlReader {
  private static final int DEEPEST = 100;

  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ToIntFunction<Node> lines;
  private final java.util.function.IntFunction<Origin> origins;

  private YamlReader(Problems problems, java.util.function.IntFunction<Origin> origins) {
    this.problems = problems;
    this.origins = origins;
    this.lines = node -> node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** The content of a file; empty when there is none or it is not YAML. */
  static Optional<YamlNode> readFile(String file, String text, Problems problems) {
    return new YamlReader(problems, line -> Origin.inFile(file, line)).read(text);
  }

  /** The value of an option. */
  static Optional<YamlNode> readOption(Origin option, String text, Problems problems) {
    return new YamlReader(problems, line -> option).read(text);
  }

  private Optional<YamlNode> read(String text) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel("pipeline").build();
      return wellShaped(new Parse(settings).parseString(text))
          ? new Compose(settings).composeString(text).map(node -> convert(node, ""))
          : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      int line = line(e.getProblemMark());
      int begun = line(e.getContextMark());
      String from = begun > 0 && begun < line ? ", in what begins on line " + begun : "";
      problems.add(origins.apply(line), "", "not valid YAML: " + e.getProblem() + from);
      return Optional.empty();
    } catch (ReaderException e) {
      long line = 1 + text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      String found = String.format("U+%04X", e.getCodePoint());
      problems.add(
          origins.apply((int) line), "", "not valid YAML: must be printable text, got " + found);
      return Optional.empty();
    } catch (YamlEngineException e) {
      problems.add(origins.apply(0), "", "not valid YAML: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }

  /** Looks at the text before a tree is built of it: that recurses as deep as the text nests. */
  private boolean wellShaped(Iterable<Event> events) {
    int depth = 0;
    int documents = 0;
    for (Event event : events) {
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        return refuse(event, "must be one document, got a second one");
      } else if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        return refuse(event, "must nest at most " + DEEPEST + " levels deep, got more");
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return true;
  }

  private boolean refuse(Event event, String rule) {
    problems.add(origins.apply(line(event.getStartMark())), "", rule);
    return false;
  }

  private YamlNode convert(Node node, String path) {
    if (!open.add(node)) {
      problems.add(origin(node), path, "an alias must not contain itself");
      return empty(node);
    }
    try {
      if (node instanceof AnchorNode anchor) {
        return convert(anchor.getRealNode(), path);
      } else if (node instanceof MappingNode mapping) {
        return mapping(mapping, path);
      } else if (node instanceof SequenceNode sequence) {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(convert(item, path + "[" + items.size() + "]"));
        }
        return new YamlNode.Sequence(origin(node), items);
      } else if (node instanceof ScalarNode scalar) {
        return new YamlNode.Scalar(
            origin(node), type(scalar.getTag()), scalar.getValue(), scalar.getValue());
      }
      throw new IllegalStateException("unknown kind of YAML node " + node.getNodeType());
    } finally {
      open.remove(node);
    }
  }

  private YamlNode mapping(MappingNode node, String path) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Origin at = origin(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(at, path, "a key must be a single word, got a list or a section");
        continue;
      }
      String name = key.getValue();
      String inner = path.isEmpty() ? name : path + "." + name;
      YamlNode.Entry earlier = entries.get(name);
      if (earlier != null) {
        problems.add(
            at, inner, "duplicate key '" + name + "', first on line " + earlier.origin().line());
        continue;
      }
      entries.put(name, new YamlNode.Entry(at, convert(tuple.getValueNode(), inner)));
    }
    return new YamlNode.Mapping(origin(node), entries);
  }

  private YamlNode empty(Node node) {
    return new YamlNode.Scalar(origin(node), YamlNode.Type.EMPTY, "", "");
  }

  private Origin origin(Node node) {
    return origins.apply(lines.applyAsInt(node));
  }

  /** What a plain text would mean; for values that were put in for a placeholder. */
  static YamlNode.Type typeOf(String text) {
    return type(LoadSettings.builder().build().getSchema().getScalarResolver().resolve(text, true));
  }

  private static YamlNode.Type type(Tag tag) {
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return YamlNode.Type.NUMBER;
    } else if (tag.equals(Tag.BOOL)) {
      return YamlNode.Type.BOOLEAN;
    } else if (tag.equals(Tag.NULL)) {
      return YamlNode.Type.EMPTY;
    }
    return YamlNode.Type.TEXT;
  }
}
