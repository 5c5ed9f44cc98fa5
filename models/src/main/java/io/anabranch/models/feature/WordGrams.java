package io.anabranch.models.feature;

import io.anabranch.models.data.FeatureVector;
import java.util.Arrays;

/**
 * Counts the sequences of 1 to n words of a text, without allocation once its buffers have grown.
 *
 * <p>A word is a run of letters and digits of any script, with the marks that combine with them, in
 * lower case. An ideograph is a word of its own, because nothing separates it from the next; so is
 * a symbol, such as an emoji or the sign of a currency. All else only separates. The words of a
 * sequence are hashed with a space between them.
 */
final class WordGrams {
  private final CharacterBuffer words = new CharacterBuffer();
  private int[] starts = new int[64];
  private int count;

  // Coordinate to entry of this text: slots of which only those stamped with the text's number
  // hold.
  private int[] slots = new int[256];
  private int[] stamps = new int[256];
  private int text;

  /** Adds what the text holds, each sequence as often as it is there. */
  void add(FieldPlan plan, char[] buffer, int offset, int length, FeatureVector into) {
    split(buffer, offset, offset + length);
    forgetEntries(count * plan.ngrams());
    char[] characters = words.characters();
    for (int last = 0; last < count; last++) {
      int end = last + 1 < count ? starts[last + 1] - 1 : words.length();
      for (int first = last; first >= 0 && first > last - plan.ngrams(); first--) {
        long hash = plan.hash().name(characters, starts[first], end - starts[first]);
        count(plan, hash, into);
      }
    }
  }

  private void split(char[] buffer, int from, int to) {
    words.clear();
    count = 0;
    boolean inside = false;
    for (int at = from; at < to; ) {
      int codePoint = Character.codePointAt(buffer, at, to);
      at += Character.charCount(codePoint);
      if (isAlone(codePoint)) {
        begin();
        words.appendCodePoint(codePoint);
        inside = false;
      } else if (Character.isLetterOrDigit(codePoint) || (inside && isMark(codePoint))) {
        if (!inside) {
          begin();
        }
        words.appendCodePoint(Character.toLowerCase(codePoint));
        inside = true;
      } else {
        inside = false;
      }
    }
  }

  private void begin() {
    if (count > 0) {
      words.append(' ');
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
    }
    starts[count++] = words.length();
  }

  private static boolean isAlone(int codePoint) {
    if (codePoint < 0x80 && codePoint != '$') {
      return false;
    }
    int type = Character.getType(codePoint);
    return type == Character.CURRENCY_SYMBOL
        || type == Character.OTHER_SYMBOL
        || Character.isIdeographic(codePoint);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private void forgetEntries(int atMost) {
    text++;
    if (2L * atMost > slots.length || text == 0) {
      int size = Math.max(slots.length, Integer.highestOneBit(Math.max(1, atMost)) << 2);
      slots = new int[size];
      stamps = new int[size];
      text = 1;
    }
  }

  private void count(FieldPlan plan, long hash, FeatureVector into) {
    int coordinate = plan.hash().coordinate(hash);
    int slot = coordinate & slots.length - 1;
    while (stamps[slot] == text) {
      int entry = slots[slot];
      if (into.coordinates()[entry] == coordinate) {
        into.values()[entry] += FeatureHash.sign(hash);
        return;
      }
      slot = slot + 1 & slots.length - 1;
    }
    stamps[slot] = text;
    slots[slot] = into.size();
    into.addSparse(coordinate, FeatureHash.sign(hash), plan.hash().group());
  }
}
