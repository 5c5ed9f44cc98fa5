package io.anabranch.local.feed;

import java.util.Optional;

/** Tells numbers from text in files that have no types. */
final class NumberText {
  private NumberText() {}

  /**
   * The cell as a JSON number, or empty when it is text: JSON's grammar, a leading + allowed, and
   * finite as a double. So {@code NaN}, {@code 0x1}, {@code 0123} and {@code 1e400} are text.
   */
  static Optional<String> json(String cell) {
    String number = cell.startsWith("+") ? cell.substring(1) : cell;
    if (cell.length() != number.length() && number.startsWith("-")) {
      return Optional.empty();
    }
    return isJsonNumber(number) && isFinite(number) ? Optional.of(number) : Optional.empty();
  }

  /** As {@link #json}, but also {@code .5} and {@code 5.}, which libsvm's own tools write. */
  static Optional<String> lenient(String cell) {
    String number = cell.startsWith("+") ? cell.substring(1) : cell;
    if (number.startsWith(".")) {
      number = "0" + number;
    } else if (number.startsWith("-.")) {
      number = "-0" + number.substring(1);
    }
    return json(number.endsWith(".") ? number + "0" : number);
  }

  private static boolean isFinite(String number) {
    // Below 300 digits without an exponent nothing can overflow: spares most cells the parse.
    boolean small = number.length() < 300 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    return small || Double.isFinite(Double.parseDouble(number));
  }

  private static boolean isJsonNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int integer = digits(text, at);
    if (integer == at || (text.charAt(at) == '0' && integer > at + 1)) {
      return false;
    }
    at = integer;
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      if (fraction == at + 1) {
        return false;
      }
      at = fraction;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int sign = at + 1;
      if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
        sign++;
      }
      at = digits(text, sign);
      if (at == sign) {
        return false;
      }
    }
    return at == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
