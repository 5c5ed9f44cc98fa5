package io.anabranch.models.feature;

import java.util.Arrays;

/** Text being made, in one growing array. */
final class CharacterBuffer {
  private static final double MOST_EXACT = 0x1p53;

  private char[] characters = new char[64];
  private int length;

  /** The live characters; replaced when they grow. */
  char[] characters() {
    return characters;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Appends a character. */
  void append(char character) {
    reserve(1);
    characters[length++] = character;
  }

  /** Appends a code point. */
  void appendCodePoint(int codePoint) {
    reserve(2);
    length += Character.toChars(codePoint, characters, length);
  }

  /** Becomes a text. */
  void set(CharSequence text) {
    length = 0;
    int size = text.length();
    reserve(size);
    if (text instanceof String string) {
      string.getChars(0, size, characters, 0);
    } else {
      for (int i = 0; i < size; i++) {
        characters[i] = text.charAt(i);
      }
    }
    length = size;
  }

  /** Becomes a number's text; a whole number without allocation: 1.0 is "1". */
  void set(double value) {
    if (value != Math.rint(value) || Math.abs(value) > MOST_EXACT) {
      set(Double.toString(value));
      return;
    }
    long rest = Math.abs((long) value);
    int end = value < 0 ? 2 : 1;
    for (long digits = rest; digits >= 10; digits /= 10) {
      end++;
    }
    characters[0] = '-';
    int at = end;
    do {
      characters[--at] = (char) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    length = end;
  }

  private void reserve(int more) {
    if (length + more > characters.length) {
      characters = Arrays.copyOf(characters, Math.max(length + more, 2 * characters.length));
    }
  }
}
