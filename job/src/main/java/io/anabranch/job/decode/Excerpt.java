package io.anabranch.job.decode;

/** Values in messages: whole when short, else their beginning. */
public final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  /** A text in a message. */
  public static String of(String text) {
    return text.length() <= LONGEST ? text : of(text.toCharArray(), 0, text.length());
  }

  static String of(char[] text, int offset, int length) {
    if (length <= LONGEST) {
      return new String(text, offset, length);
    }
    // Half a surrogate pair would not survive UTF-8.
    int cut = Character.isHighSurrogate(text[offset + LONGEST - 1]) ? LONGEST - 1 : LONGEST;
    return new String(text, offset, cut) + "… (" + length + " characters)";
  }
}
