package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.ConfigKey.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;

/** What a single value must look like, by the kind of its key. */
final class ScalarRule {
  /** What Kafka accepts as the name of a topic. */
  static final int LONGEST_TOPIC = 249;

  static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]+");
  static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|min|h|d)");
  static final Pattern SIZE = Pattern.compile("\\d{1,9}\\s*(kb|mb|gb)");
  private static final Pattern FRACTION = Pattern.compile("0(\\.\\d{1,15})?|\\.\\d{1,15}");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}(\\.0+)?");

  private ScalarRule() {}

  /** The rule that the value breaks, with the value; empty when it keeps it. */
  static Optional<String> broken(ConfigKey key, YamlNode.Scalar value) {
    return rule(key, value.text())
        .map(rule -> rule + ", got '" + value.shown() + "'")
        .or(() -> choice(key, value))
        .map(text -> isNumber(key.kind()) ? text.replace("'", "") : text);
  }

  private static boolean isNumber(Kind kind) {
    return kind == Kind.INTEGER || kind == Kind.FRACTION;
  }

  private static Optional<String> rule(ConfigKey key, String text) {
    return switch (key.kind()) {
      case INTEGER ->
          whole(text).stream().anyMatch(n -> n >= key.minimum() && n <= key.maximum())
              ? Optional.empty()
              : Optional.of(wording(key));
      case FRACTION ->
          fraction(text).isPresent()
              ? Optional.empty()
              : Optional.of("must be a number >= 0 and < 1");
      case DURATION ->
          millis(text).stream().anyMatch(n -> n >= key.minimum() && n <= key.maximum())
              ? Optional.empty()
              : Optional.of(wording(key));
      case SIZE ->
          bytes(text).stream().anyMatch(n -> n >= key.minimum())
              ? Optional.empty()
              : Optional.of(wording(key));
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.empty()
              : Optional.of("must be true or false");
      case KAFKA_NAME -> kafkaName(text);
      case TEXT, FIELD -> text.isEmpty() ? Optional.of("must not be empty") : Optional.empty();
      case CHOICE, RANGE, FIELDS, TEXTS, SECTION, SECTIONS, OPEN_SECTION, FORMS -> Optional.empty();
    };
  }

  /** The rule of a whole number, a duration or a size in words. */
  static String wording(ConfigKey key) {
    if (key.kind() == Kind.DURATION) {
      return "must be a duration such as 200ms, 10s, 5m, 1h or 7d, at least "
          + key.minimum()
          + "ms"
          + (key.maximum() == Long.MAX_VALUE ? "" : " and at most " + key.maximum() + "ms");
    }
    if (key.kind() == Kind.SIZE) {
      return "must be a size such as 64mb or 1gb, at least " + (key.minimum() >> 20) + "mb";
    }
    if (key.minimum() == Long.MIN_VALUE) {
      return "must be a whole number";
    }
    return key.maximum() >= Integer.MAX_VALUE
        ? "must be a whole number >= " + key.minimum()
        : "must be a whole number between " + key.minimum() + " and " + key.maximum();
  }

  private static Optional<String> choice(ConfigKey key, YamlNode.Scalar value) {
    if (key.kind() != Kind.CHOICE || key.choices().contains(value.text())) {
      return Optional.empty();
    }
    String list = String.join(", ", key.choices());
    if (key.planned().contains(value.text())) {
      return Optional.of("'" + value.shown() + "' is not built yet; built are: " + list);
    }
    List<String> all = new ArrayList<>(key.choices());
    all.addAll(key.planned());
    return Optional.of(
        "must be one of "
            + list
            + ", got '"
            + value.shown()
            + "'"
            + NearestName.hint(value.text(), all));
  }

  /** What is wrong with a name for Kafka. */
  static Optional<String> kafkaName(String name) {
    if (name.length() > LONGEST_TOPIC
        || !TOPIC.matcher(name).matches()
        || name.equals(".")
        || name.equals("..")) {
      return Optional.of("must be a legal Kafka name (1 to 249 of a-z A-Z 0-9 . _ -, not . or ..)");
    }
    return Optional.empty();
  }

  /** The whole number of a text. */
  static OptionalLong whole(String text) {
    Matcher matcher = WHOLE.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int dot = text.indexOf('.');
    return OptionalLong.of(Long.parseLong(dot < 0 ? text : text.substring(0, dot)));
  }

  /** The number of a text, when it is a fraction. */
  static OptionalDouble fraction(String text) {
    return FRACTION.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** The bytes of a size; kb, mb and gb are powers of 1,024. */
  static OptionalLong bytes(String text) {
    return SIZE.matcher(text).matches()
        ? OptionalLong.of(MemorySize.parseBytes(text))
        : OptionalLong.empty();
  }

  /** The milliseconds of a duration. */
  static OptionalLong millis(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "ms" -> 1L;
          case "s" -> 1_000L;
          case "m", "min" -> 60_000L;
          case "h" -> 3_600_000L;
          case "d" -> 86_400_000L;
          default -> throw new IllegalStateException("unit " + matcher.group(2));
        };
    long amount = Long.parseLong(matcher.group(1));
    return amount > Long.MAX_VALUE / unit ? OptionalLong.empty() : OptionalLong.of(amount * unit);
  }
}
