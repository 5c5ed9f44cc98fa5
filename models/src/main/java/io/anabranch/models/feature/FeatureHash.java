package io.anabranch.models.feature;

import net.openhft.hashing.LongHashFunction;

/**
 * The coordinates of one field: XXH3 of (kind, field, value), signed as in Weinberger et al. 2009,
 * "Feature Hashing for Large Scale Multitask Learning". Kind and field are in the seed, so a value
 * is hashed by itself, as UTF-16 code units.
 */
final class FeatureHash {
  private static final LongHashFunction FIELDS = LongHashFunction.xx3();
  // Two fields of one group would pass for one field; among a thousand fields that is 1 in 2,000.
  private static final int MOST_GROUPS = (1 << 30) - 1;

  private final int bits;
  private final int categoricalBits;
  private final int numeric;
  private final int unscaled;
  private final int group;
  private final long positions;
  private final LongHashFunction categories;
  private final LongHashFunction names;

  FeatureHash(String field, int bits, int categoricalBits) {
    this.bits = bits;
    this.categoricalBits = Math.min(bits, categoricalBits);
    long seed = FIELDS.hashChars(field);
    numeric = numericRegion(tagged(seed, 'n'));
    unscaled = sparseRegion(tagged(seed, 'u'));
    group = 1 + ((int) tagged(seed, 'g') & MOST_GROUPS);
    positions = tagged(seed, 'v');
    categories = LongHashFunction.xx3(tagged(seed, 'c'));
    names = LongHashFunction.xx3(tagged(seed, 'm'));
  }

  int number(boolean standardised) {
    return standardised ? numeric : unscaled;
  }

  /** The group of the field's names or words; negated, that of its categories. */
  int group() {
    return group;
  }

  int position(int position, boolean standardised) {
    long hash = tagged(positions, position);
    return standardised ? numericRegion(hash) : sparseRegion(hash);
  }

  long category(char[] text, int from, int length) {
    return categories.hashChars(text, from, length);
  }

  long name(char[] text, int from, int length) {
    return names.hashChars(text, from, length);
  }

  int categoryCoordinate(long hash) {
    if (categoricalBits == bits) {
      return sparseRegion(hash);
    }
    // At most 2^categoricalBits values of this field, spread over the whole space.
    return sparseRegion(tagged(positions, hash & (1L << categoricalBits) - 1));
  }

  int sparseRegion(long hash) {
    return (int) hash & (1 << bits) - 1;
  }

  /** +1 or -1 by the highest bit, which no coordinate uses. */
  static float sign(long hash) {
    return hash < 0 ? -1 : 1;
  }

  private int numericRegion(long hash) {
    int low = sparseRegion(hash);
    // The first coordinate of the region is the intercept's.
    return 1 << bits | (low == 0 ? 1 : low);
  }

  private static long tagged(long seed, long tag) {
    return LongHashFunction.xx3(seed).hashLong(tag);
  }
}
