package io.anabranch.job.decode;

import com.fasterxml.jackson.core.io.NumberInput;

/** Tells numbers from text where nothing else does: JSON's grammar, a leading + allowed. */
final class NumberGrammar {
  /** Not a number. */
  static final int TEXT = -1;

  private NumberGrammar() {}

  /**
   * Where the number starts, behind a leading +; {@link #TEXT} when it is none. So {@code NaN},
   * {@code 0x1}, {@code 0123}, {@code .5} and {@code ""} are text.
   */
  static int start(char[] text, int offset, int length) {
    int end = offset + length;
    int start = length > 0 && text[offset] == '+' ? offset + 1 : offset;
    int at = start == offset && length > 0 && text[offset] == '-' ? offset + 1 : start;
    int integer = digits(text, at, end);
    if (integer == at || (text[at] == '0' && integer > at + 1)) {
      return TEXT;
    }
    at = integer;
    if (at < end && text[at] == '.') {
      int fraction = digits(text, at + 1, end);
      if (fraction == at + 1) {
        return TEXT;
      }
      at = fraction;
    }
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      int digit = at + 1;
      if (digit < end && (text[digit] == '+' || text[digit] == '-')) {
        digit++;
      }
      at = digits(text, digit, end);
      if (at == digit) {
        return TEXT;
      }
    }
    return at == end ? start : TEXT;
  }

  /** The double nearest to a number in JSON's grammar. */
  static double parse(char[] text, int offset, int length) {
    return NumberInput.parseDouble(text, offset, length, true);
  }

  private static int digits(char[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }
}
