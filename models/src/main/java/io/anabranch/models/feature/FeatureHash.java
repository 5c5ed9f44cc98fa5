package io.anabranch.models.feature;

import io.anabranch.models.feature.FeatureSpec.Scale;
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
  private final int fieldBits;
  private final long numeric;
  private final long unscaled;
  private final int group;
  private final long missing;
  private final long combinations;
  private final LongHashFunction positions;
  private final LongHashFunction categories;
  private final LongHashFunction names;

  /**
   * The coordinates of a field.
   *
   * @param fieldBits categories, names and words take 2^fieldBits coordinates at most
   * @param grouped whether entries get a group; without, it is 0
   */
  FeatureHash(String field, int bits, int fieldBits, boolean grouped) {
    this.bits = bits;
    this.fieldBits = Math.min(bits, fieldBits);
    long seed = FIELDS.hashChars(field);
    numeric = tagged(seed, 'n');
    unscaled = tagged(seed, 'u');
    group = grouped ? 1 + ((int) tagged(seed, 'g') & MOST_GROUPS) : 0;
    missing = tagged(seed, '0');
    combinations = tagged(seed, 'x');
    positions = LongHashFunction.xx3(tagged(seed, 'v'));
    categories = LongHashFunction.xx3(tagged(seed, 'c'));
    names = LongHashFunction.xx3(tagged(seed, 'm'));
  }

  int number(Scale scale) {
    return scale == Scale.NONE ? sparseRegion(unscaled) : numericRegion(numeric, scale);
  }

  /** The group of the field's names or words; negated, that of its categories. */
  int group() {
    return group;
  }

  int position(int position, Scale scale) {
    long hash = positions.hashLong(position);
    return scale == Scale.NONE ? sparseRegion(hash) : numericRegion(hash, scale);
  }

  long category(char[] text, int from, int length) {
    return categories.hashChars(text, from, length);
  }

  long name(char[] text, int from, int length) {
    return names.hashChars(text, from, length);
  }

  /** Stands for the category of a value that is missing. */
  long missing() {
    return missing;
  }

  /** Where the combination of several values begins. */
  long combinations() {
    return combinations;
  }

  /** A combination with one more value; the order of values matters. */
  static long combined(long combination, long value) {
    long hash = (combination ^ value) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32) * 0xC2B2AE3D27D4EB4FL;
    return hash ^ hash >>> 29;
  }

  /** The coordinate of a category, name, word or combination. */
  int coordinate(long hash) {
    if (fieldBits == bits) {
      return sparseRegion(hash);
    }
    // At most 2^fieldBits values of this field, spread over the whole space.
    return sparseRegion(positions.hashLong(hash & (1L << fieldBits) - 1));
  }

  private int sparseRegion(long hash) {
    return (int) hash & (1 << bits) - 1;
  }

  /** +1 or -1 by the highest bit, which no coordinate uses. */
  static float sign(long hash) {
    return hash < 0 ? -1 : 1;
  }

  private int numericRegion(long hash, Scale scale) {
    int low = sparseRegion(hash);
    // The first coordinate of the first region is the intercept's.
    return scale.region() << bits | (low == 0 ? 1 : low);
  }

  private static long tagged(long seed, long tag) {
    return LongHashFunction.xx3(seed).hashLong(tag);
  }
}
