package io.anabranch.job.pipeline;

import java.util.List;
import java.util.Map;

/** The content of a pipeline file, each piece with the place where it was written. */
sealed interface YamlNode {

  /** Where this was written. */
  Origin origin();

  /** What kind of node this is, in words. */
  String kind();

  /**
   * A single value.
   *
   * @param type what the text means by YAML's JSON schema
   * @param text the value, environment variables and files put in
   * @param shown the value as it was written: a secret shows as its placeholder
   */
  record Scalar(Origin origin, Type type, String text, String shown) implements YamlNode {
    @Override
    public String kind() {
      return type == Type.EMPTY ? "nothing" : "'" + shown + "'";
    }
  }

  /** What a scalar's text means. */
  enum Type {
    TEXT,
    NUMBER,
    BOOLEAN,
    /** Nothing stands there. */
    EMPTY,
    /** The placeholder could not be replaced, which is reported already. */
    FAILED
  }

  /** A list. */
  record Sequence(Origin origin, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * A section. The map is mutable and in the order of the file: {@code --set} changes it.
   *
   * @param entries values by key
   */
  record Mapping(Origin origin, Map<String, Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a section";
    }
  }

  /**
   * One entry of a section.
   *
   * @param origin where the key was written
   */
  record Entry(Origin origin, YamlNode value) {}
}
