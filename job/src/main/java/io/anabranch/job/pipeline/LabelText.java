package io.anabranch.job.pipeline;

import java.math.BigDecimal;

/**
 * The text of a number where numbers are compared as text: labels, ids and keys. A number without
 * fraction is its integer text, so 1, 1.0 and 1e0 are "1"; others are Java's shortest text.
 */
public final class LabelText {

  private LabelText() {}

  /**
   * The text of a number in JSON grammar whose double value is finite.
   *
   * @throws NumberFormatException when the text is not a number
   */
  public static String ofNumber(String number) {
    double value = Double.parseDouble(number);
    if (Math.rint(value) == value && Math.abs(value) < 1L << 53) {
      return Long.toString((long) value);
    }
    // Only numbers beyond 2^53 come here without a fraction; a double would have lost digits.
    BigDecimal exact = new BigDecimal(number);
    return exact.stripTrailingZeros().scale() <= 0
        ? exact.toBigInteger().toString()
        : Double.toString(value);
  }
}
