package io.anabranch.job.decode;

import java.util.function.UnaryOperator;

/**
 * Gives the same string for the same characters, so that labels and keys that come again cost no
 * allocation. A fixed number of slots, the newest text of a slot wins: it cannot grow.
 */
final class TextPool {
  private static final int LONGEST = 64;

  private final String[] raw;
  private final String[] texts;
  private final UnaryOperator<String> normalise;

  /**
   * A pool of 2^bits slots.
   *
   * @param normalise from the characters to the text that is given out; applied once per slot
   */
  TextPool(int bits, UnaryOperator<String> normalise) {
    raw = new String[1 << bits];
    texts = new String[1 << bits];
    java.util.Arrays.fill(raw, "");
    java.util.Arrays.fill(texts, "");
    this.normalise = normalise;
  }

  String get(char[] text, int offset, int length) {
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return normalise.apply(new String(text, offset, length));
    }
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = (hash ^ hash >>> 15) & raw.length - 1;
    if (!equal(raw[slot], text, offset, length)) {
      String made = new String(text, offset, length);
      texts[slot] = normalise.apply(made);
      raw[slot] = made;
    }
    return texts[slot];
  }

  private static boolean equal(String known, char[] text, int offset, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
