package io.anabranch.job.pipeline;

import java.util.List;

/**
 * One key that a pipeline file may have: what validation checks and documentation prints.
 *
 * @param name the key
 * @param kind what values it takes
 * @param required whether it must be given
 * @param defaultText the default, as it would be written in the file; empty for none
 * @param minimum the least whole number, or the shortest duration in milliseconds
 * @param maximum the greatest whole number
 * @param choices the names it takes; empty when it takes others
 * @param planned names that are specified and not built yet
 * @param built whether the key is built; a key that is not is refused
 * @param description one sentence, with the unit
 * @param children the keys of a section, or of each entry of a list of sections
 */
public record ConfigKey(
    String name,
    Kind kind,
    boolean required,
    String defaultText,
    long minimum,
    long maximum,
    List<String> choices,
    List<String> planned,
    boolean built,
    String description,
    List<ConfigKey> children) {

  /** What values a key takes. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** The name of a field of the record. */
    FIELD,
    /** A name that Kafka accepts for a topic. */
    KAFKA_NAME,
    /** One of the choices. */
    CHOICE,
    /** A whole number. */
    INTEGER,
    /** A number from 0 to below 1. */
    FRACTION,
    /** true or false. */
    BOOLEAN,
    /** A number with its unit, such as 200ms. */
    DURATION,
    /** A number of bytes with its unit, such as 64mb. */
    SIZE,
    /** Two numbers, the lesser first; infinity is .inf. */
    RANGE,
    /** A list of names of fields. */
    FIELDS,
    /** A list of texts. */
    TEXTS,
    /** A section with keys of its own. */
    SECTION,
    /** A list of sections. */
    SECTIONS,
    /** A section whose keys are not ours, such as Kafka's own properties. */
    OPEN_SECTION,
    /** Several forms, described in words. */
    FORMS
  }

  /** Copies the lists. */
  public ConfigKey {
    choices = List.copyOf(choices);
    planned = List.copyOf(planned);
    children = List.copyOf(children);
  }

  static ConfigKey key(String name, Kind kind, String description) {
    return new ConfigKey(
        name,
        kind,
        false,
        "",
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        List.of(),
        List.of(),
        true,
        description,
        List.of());
  }

  static ConfigKey section(String name, String description, ConfigKey... children) {
    return key(name, Kind.SECTION, description).with(children);
  }

  static ConfigKey notBuilt(String name, String description) {
    ConfigKey key = key(name, Kind.FORMS, description);
    return new ConfigKey(
        name,
        key.kind,
        false,
        "",
        key.minimum,
        key.maximum,
        List.of(),
        List.of(),
        false,
        description,
        List.of());
  }

  ConfigKey with(ConfigKey... keys) {
    return new ConfigKey(
        name,
        kind,
        required,
        defaultText,
        minimum,
        maximum,
        choices,
        planned,
        built,
        description,
        List.of(keys));
  }

  ConfigKey isRequired() {
    return new ConfigKey(
        name,
        kind,
        true,
        defaultText,
        minimum,
        maximum,
        choices,
        planned,
        built,
        description,
        children);
  }

  ConfigKey defaultsTo(String text) {
    return new ConfigKey(
        name,
        kind,
        required,
        text,
        minimum,
        maximum,
        choices,
        planned,
        built,
        description,
        children);
  }

  ConfigKey between(long least, long greatest) {
    return new ConfigKey(
        name,
        kind,
        required,
        defaultText,
        least,
        greatest,
        choices,
        planned,
        built,
        description,
        children);
  }

  ConfigKey choices(List<String> names, List<String> plannedNames) {
    return new ConfigKey(
        name,
        kind,
        required,
        defaultText,
        minimum,
        maximum,
        names,
        plannedNames,
        built,
        description,
        children);
  }

  /** The same section when it is absent: what it requires is not asked for a second time. */
  ConfigKey withoutRequirements() {
    return with(
        children.stream()
            .map(
                child ->
                    new ConfigKey(
                        child.name,
                        child.kind,
                        false,
                        child.defaultText,
                        child.minimum,
                        child.maximum,
                        child.choices,
                        child.planned,
                        child.built,
                        child.description,
                        child.children))
            .toArray(ConfigKey[]::new));
  }

  /**
   * The key of a section.
   *
   * @throws IllegalArgumentException when the section has no such key
   */
  ConfigKey child(String key) {
    for (ConfigKey child : children) {
      if (child.name.equals(key)) {
        return child;
      }
    }
    throw new IllegalArgumentException("section '" + name + "' has no key '" + key + "'");
  }

  List<String> requiredNames() {
    return children.stream().filter(ConfigKey::required).map(ConfigKey::name).toList();
  }

  List<String> childNames() {
    return children.stream().map(ConfigKey::name).toList();
  }
}
