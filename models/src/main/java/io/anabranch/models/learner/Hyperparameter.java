package io.anabranch.models.learner;

import java.util.List;

/**
 * One hyperparameter as a pipeline file may set it: what validation checks and documentation
 * prints.
 *
 * @param name the name under {@code hyper:}
 * @param kind what values it takes
 * @param minimum the least number
 * @param minimumExclusive whether the least number itself is out of range
 * @param maximum the greatest number, inclusive; infinity for none
 * @param defaultText the default in words or digits, e.g. "1.6 for numeric inputs, 0.1 for hashed
 *     ones"
 * @param description one sentence, with the unit
 * @param choices the only texts there are; empty when any text will do
 */
public record Hyperparameter(
    String name,
    Kind kind,
    double minimum,
    boolean minimumExclusive,
    double maximum,
    String defaultText,
    String description,
    List<String> choices) {

  /** Copies the choices. */
  public Hyperparameter {
    choices = List.copyOf(choices);
  }

  /** One that is not chosen from a list of texts. */
  public Hyperparameter(
      String name,
      Kind kind,
      double minimum,
      boolean minimumExclusive,
      double maximum,
      String defaultText,
      String description) {
    this(name, kind, minimum, minimumExclusive, maximum, defaultText, description, List.of());
  }

  /** A text out of a few; the first is the default. */
  public static Hyperparameter choice(String name, List<String> choices, String description) {
    return new Hyperparameter(
        name,
        Kind.TEXT,
        Double.NEGATIVE_INFINITY,
        false,
        Double.POSITIVE_INFINITY,
        choices.get(0),
        description,
        choices);
  }

  /** The values a hyperparameter takes. */
  public enum Kind {
    /** A whole number. */
    INTEGER,
    /** A finite number. */
    NUMBER,
    /** true or false. */
    BOOLEAN,
    /** A text. */
    TEXT
  }

  /** The rule in words: "must be > 0", "must be between 1 and 30". */
  public String rule() {
    String least = minimumExclusive ? "> " + number(minimum) : ">= " + number(minimum);
    if (kind == Kind.BOOLEAN) {
      return "must be true or false";
    }
    if (kind == Kind.TEXT) {
      return choices.isEmpty() ? "must be a text" : "must be one of " + String.join(", ", choices);
    }
    String whole = kind == Kind.INTEGER ? "a whole number " : "";
    if (maximum < Double.POSITIVE_INFINITY) {
      return minimumExclusive
          ? "must be " + whole + least + " and <= " + number(maximum)
          : "must be " + whole + "between " + number(minimum) + " and " + number(maximum);
    }
    return minimum == Double.NEGATIVE_INFINITY
        ? "must be " + (kind == Kind.INTEGER ? "a whole number" : "a finite number")
        : "must be " + whole + least;
  }

  /** The part of the rule that a number breaks: "must be > 0" of -1, "must be <= 30" of 31. */
  public String ruleBrokenBy(double value) {
    boolean whole = kind != Kind.INTEGER || value == Math.rint(value);
    if (!Double.isFinite(value) || !whole) {
      return rule();
    }
    if (minimumExclusive ? value <= minimum : value < minimum) {
      return "must be " + (minimumExclusive ? "> " : ">= ") + number(minimum);
    }
    return value > maximum ? "must be <= " + number(maximum) : rule();
  }

  /** Whether a text keeps the rule. */
  public boolean admits(String text) {
    return choices.isEmpty() ? !text.isEmpty() : choices.contains(text);
  }

  /** Whether a number keeps the rule. */
  public boolean admits(double value) {
    return Double.isFinite(value)
        && (minimumExclusive ? value > minimum : value >= minimum)
        && value <= maximum
        && (kind != Kind.INTEGER || value == Math.rint(value));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
