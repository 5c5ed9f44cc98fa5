package io.anabranch.models.feature;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec.Categorical;
import io.anabranch.models.feature.FeatureSpec.Feature;
import io.anabranch.models.feature.FeatureSpec.MapOfNumbers;
import io.anabranch.models.feature.FeatureSpec.Numeric;
import io.anabranch.models.feature.FeatureSpec.NumericVector;
import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.feature.FieldPlan.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns typed fields into coordinates, driven by a streaming decoder, without allocation per
 * record.
 *
 * <pre>
 * encoder.begin(example.features());
 * FieldPlan plan = encoder.field("demand");
 * if (!plan.ignored()) encoder.number(plan, 0.43);
 * encoder.end();
 * </pre>
 *
 * A missing field (or JSON null) is not reported and has no entry: missing is not zero. Calls for
 * an ignored field do nothing. A value that does not fit an explicitly typed field, and a number
 * that is not finite as a 32-bit float, throw {@link FeatureException}; the vector is then
 * incomplete and must be dropped. Memory O(fields), at most 65,536 remembered.
 */
public final class RecordEncoder {
  private static final int MOST_REMEMBERED = 1 << 16;
  private static final int MOST_SHOWN = 40;
  private static final double MOST_EXACT = 0x1p53;

  private final FeatureSpec spec;
  private final int bits;
  private final boolean grouped;
  private final Map<String, FieldPlan> plans = new HashMap<>();
  private char[] text = new char[64];
  // Between records, so that a late call cannot reach a vector that was given away.
  private final FeatureVector nowhere = new FeatureVector();
  private FeatureVector into = nowhere;

  /**
   * Makes an encoder.
   *
   * @param hashBits sparse coordinates lie in [0, 2^hashBits); 1 to 29
   */
  public RecordEncoder(FeatureSpec spec, int hashBits) {
    this(spec, hashBits, true);
  }

  /**
   * Makes an encoder.
   *
   * @param hashBits sparse coordinates lie in [0, 2^hashBits); 1 to 29
   * @param grouped whether entries get their group; without, all have group 0 and take less to send
   */
  public RecordEncoder(FeatureSpec spec, int hashBits, boolean grouped) {
    if (hashBits < 1 || hashBits > 29) {
      throw new IllegalArgumentException("hashBits must be between 1 and 29, got " + hashBits);
    }
    this.spec = spec;
    this.bits = hashBits;
    this.grouped = grouped;
    if (spec instanceof FeatureSpec.Listed listed) {
      for (Feature feature : listed.features()) {
        if (plans.put(feature.field(), planOf(feature)) != null) {
          throw new IllegalArgumentException(
              "features: field '" + feature.field() + "' must be listed once, got it twice");
        }
      }
    }
  }

  /** Begins a record; the vector is cleared. */
  public void begin(FeatureVector vector) {
    vector.clear();
    into = vector;
  }

  /** What a top-level field becomes. */
  public FieldPlan field(String name) {
    FieldPlan known = plans.get(name);
    if (known != null) {
      return known;
    }
    FieldPlan plan = planOf(name);
    // Records with ever new field names must not fill the heap.
    if (plans.size() < MOST_REMEMBERED) {
      plans.put(name, plan);
    }
    return plan;
  }

  /** A number; for a categorical field it is taken as text, 1.0 as "1". */
  public void number(FieldPlan plan, double value) {
    if (plan.ignored()) {
      return;
    }
    if (plan.takes(Kind.NUMERIC)) {
      put(plan, plan.hash().number(plan.standardised()), value);
    } else if (plan.kind() == Kind.CATEGORICAL) {
      finite(plan, value);
      category(plan, text, 0, write(value));
    } else {
      throw plan.mismatch("the number " + plain(value));
    }
  }

  /** A text. */
  public void text(FieldPlan plan, char[] buffer, int offset, int length) {
    if (plan.ignored()) {
      return;
    }
    if (!plan.takes(Kind.CATEGORICAL)) {
      throw plan.mismatch("the text " + quoted(new String(buffer, offset, length)));
    }
    category(plan, buffer, offset, length);
  }

  /** A text. */
  public void text(FieldPlan plan, CharSequence value) {
    copy(value);
    text(plan, text, 0, value.length());
  }

  /** A boolean: a category "true" or "false". */
  public void bool(FieldPlan plan, boolean value) {
    if (plan.ignored()) {
      return;
    }
    if (!plan.takes(Kind.CATEGORICAL)) {
      throw plan.mismatch("the boolean " + value);
    }
    text(plan, Boolean.toString(value));
  }

  /** One entry of an object of numbers. */
  public void mapEntry(FieldPlan plan, char[] buffer, int offset, int length, double value) {
    if (plan.ignored()) {
      return;
    }
    if (!plan.takes(Kind.MAP)) {
      throw plan.mismatch("an object");
    }
    long hash = plan.hash().name(buffer, offset, length);
    float number = finite(plan, value);
    into.addSparse(plan.hash().sparseRegion(hash), FeatureHash.sign(hash) * number, group(plan));
  }

  /** One entry of an object of numbers. */
  public void mapEntry(FieldPlan plan, CharSequence name, double value) {
    copy(name);
    mapEntry(plan, text, 0, name.length(), value);
  }

  /** One entry of an array of numbers, positions counted from 0. */
  public void vectorEntry(FieldPlan plan, int position, double value) {
    if (plan.ignored()) {
      return;
    }
    if (!plan.takes(Kind.VECTOR)) {
      throw plan.mismatch("an array");
    }
    put(plan, plan.position(position), value);
  }

  /**
   * The refusal of a value for which there is no call here, for the decoder to throw.
   *
   * @param found the value in words: "an array", "an object", "a text in position 3"
   */
  public FeatureException unfit(FieldPlan plan, String found) {
    return plan.mismatch(found);
  }

  /** Ends the record. */
  public void end() {
    into = nowhere;
  }

  private void put(FieldPlan plan, int coordinate, double value) {
    float number = finite(plan, value);
    if (plan.standardised()) {
      into.addNumeric(coordinate, number);
    } else {
      into.addSparse(coordinate, number);
    }
  }

  private void category(FieldPlan plan, char[] buffer, int offset, int length) {
    long hash = plan.hash().category(buffer, offset, length);
    into.addSparse(plan.hash().categoryCoordinate(hash), FeatureHash.sign(hash), -group(plan));
  }

  private int group(FieldPlan plan) {
    return grouped ? plan.hash().group() : 0;
  }

  private static float finite(FieldPlan plan, double value) {
    float number = (float) value;
    if (Math.abs(number) <= Float.MAX_VALUE) {
      return number;
    }
    boolean tooLarge = Double.isFinite(value);
    throw new FeatureException(
        plan.field(), tooLarge ? "finite as a 32-bit number" : "finite", plain(value));
  }

  private void copy(CharSequence value) {
    int length = value.length();
    if (text.length < length) {
      text = new char[Math.max(length, 2 * text.length)];
    }
    if (value instanceof String string) {
      string.getChars(0, length, text, 0);
    } else {
      for (int i = 0; i < length; i++) {
        text[i] = value.charAt(i);
      }
    }
  }

  /** Writes a number as text and returns its length; whole numbers without allocation. */
  private int write(double value) {
    if (value != Math.rint(value) || Math.abs(value) > MOST_EXACT) {
      String digits = Double.toString(value);
      copy(digits);
      return digits.length();
    }
    long rest = Math.abs((long) value);
    int length = value < 0 ? 1 : 0;
    for (long digits = rest; digits >= 10; digits /= 10) {
      length++;
    }
    length++;
    text[0] = '-';
    int at = length;
    do {
      text[--at] = (char) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return length;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quoted(String value) {
    return value.length() <= MOST_SHOWN
        ? '"' + value + '"'
        : '"' + value.substring(0, MOST_SHOWN) + "…\" of " + value.length() + " characters";
  }

  private FieldPlan planOf(String name) {
    if (spec instanceof FeatureSpec.Auto auto && !auto.exclude().contains(name)) {
      return new FieldPlan(name, Kind.AUTO, true, bits, bits);
    }
    return new FieldPlan(name, Kind.IGNORED, false, bits, bits);
  }

  private FieldPlan planOf(Feature feature) {
    String field = feature.field();
    if (feature instanceof Numeric numeric) {
      return new FieldPlan(field, Kind.NUMERIC, numeric.scale() == Scale.STANDARD, bits, bits);
    }
    if (feature instanceof Categorical categorical) {
      return new FieldPlan(field, Kind.CATEGORICAL, false, bits, categorical.hashBits());
    }
    if (feature instanceof NumericVector vector) {
      return new FieldPlan(field, Kind.VECTOR, vector.scale() == Scale.STANDARD, bits, bits);
    }
    if (feature instanceof MapOfNumbers) {
      return new FieldPlan(field, Kind.MAP, false, bits, bits);
    }
    throw new IllegalStateException("no plan for " + feature);
  }
}
