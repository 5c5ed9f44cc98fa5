package io.anabranch.models.feature;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec.Cross;
import io.anabranch.models.feature.FeatureSpec.Feature;
import io.anabranch.models.feature.FieldPlan.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

  private final FeatureSpec spec;
  private final int bits;
  private final boolean grouped;
  private final Map<String, FieldPlan> plans = new HashMap<>();
  private final Set<String> listed;
  private final Crosses crosses;
  private final List<FieldPlan> indicated = new ArrayList<>();
  private final WordGrams words = new WordGrams();
  private final CharacterBuffer text = new CharacterBuffer();
  // Between records, so that a late call cannot reach a vector that was given away.
  private final FeatureVector nowhere = new FeatureVector();
  private FeatureVector into = nowhere;
  private long record;

  /**
   * Makes an encoder.
   *
   * @param hashBits sparse coordinates lie in [0, 2^hashBits); 1 to 28
   */
  public RecordEncoder(FeatureSpec spec, int hashBits) {
    this(spec, hashBits, true);
  }

  /**
   * Makes an encoder.
   *
   * @param hashBits sparse coordinates lie in [0, 2^hashBits); 1 to 28
   * @param grouped whether entries get their group; without, all have group 0 and take less to send
   */
  public RecordEncoder(FeatureSpec spec, int hashBits, boolean grouped) {
    if (hashBits < 1 || hashBits > 28) {
      throw new IllegalArgumentException("hashBits must be between 1 and 28, got " + hashBits);
    }
    this.spec = spec;
    this.bits = hashBits;
    this.grouped = grouped;
    List<Cross> crossed = new ArrayList<>();
    if (spec instanceof FeatureSpec.Listed listed) {
      for (Feature feature : listed.features()) {
        if (feature instanceof Cross cross) {
          crossed.add(cross);
        } else {
          list(FieldPlan.of(feature, hashBits, grouped));
        }
      }
    }
    crosses = new Crosses(crossed, hashBits, grouped);
    int place = 0;
    for (Cross cross : crossed) {
      for (String field : cross.fields()) {
        cross(field, place++);
      }
    }
    listed = Set.copyOf(plans.keySet());
  }

  private void list(FieldPlan plan) {
    if (plans.put(plan.field(), plan) != null) {
      throw new IllegalArgumentException(
          "features: field '" + plan.field() + "' must be listed once, got it twice");
    }
    if (plan.indicated()) {
      indicated.add(plan);
    }
  }

  private void cross(String field, int place) {
    FieldPlan plan =
        plans.computeIfAbsent(field, name -> FieldPlan.of(name, Kind.CROSSED, bits, grouped));
    switch (plan.kind()) {
      case NUMERIC, CATEGORICAL, CROSSED -> plan.crossAt(place);
      case IGNORED, AUTO, TEXT, MAP, VECTOR ->
          throw new IllegalArgumentException(
              "features: crossed field '"
                  + field
                  + "' must be numeric, categorical or not listed, got type "
                  + plan.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Begins a record; the vector is cleared. */
  public void begin(FeatureVector vector) {
    vector.clear();
    into = vector;
    record++;
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

  /** The names that the specification has: of features, crossed fields and excluded ones. */
  public Set<String> named() {
    return spec instanceof FeatureSpec.Auto auto ? auto.exclude() : listed;
  }

  /** The plan of a field that is no feature, whatever the specification says of its name. */
  public FieldPlan noFeature(String name) {
    return FieldPlan.of(name, Kind.IGNORED, bits, grouped);
  }

  /** A number; for a field of texts it is taken as text, 1.0 as "1". */
  public void number(FieldPlan plan, double value) {
    if (plan.takes(Kind.NUMERIC)) {
      put(plan, plan.number(), value);
      if (plan.tracked()) {
        trackNumber(plan, value);
      }
    } else if (plan.takesText()) {
      finite(plan, value);
      text.set(value);
      text(plan, text.characters(), 0, text.length());
    } else if (!plan.ignored()) {
      throw plan.mismatch("the number " + plain(value));
    }
  }

  /** A text. */
  public void text(FieldPlan plan, char[] buffer, int offset, int length) {
    if (plan.takesCategory()) {
      long hash = plan.hash().category(buffer, offset, length);
      category(plan, hash);
      if (plan.tracked()) {
        track(plan, hash);
      }
    } else if (plan.kind() == Kind.CROSSED) {
      track(plan, plan.hash().category(buffer, offset, length));
    } else if (plan.kind() == Kind.TEXT) {
      words.add(plan, buffer, offset, length, into);
    } else if (!plan.ignored()) {
      throw plan.mismatch("the text " + quoted(new String(buffer, offset, length)));
    }
  }

  /** A text. */
  public void text(FieldPlan plan, CharSequence value) {
    text.set(value);
    text(plan, text.characters(), 0, text.length());
  }

  /** A boolean: a category "true" or "false". */
  public void bool(FieldPlan plan, boolean value) {
    if (plan.takesText() || plan.kind() == Kind.AUTO) {
      text(plan, Boolean.toString(value));
    } else if (!plan.ignored()) {
      throw plan.mismatch("the boolean " + value);
    }
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
    into.addSparse(
        plan.hash().coordinate(hash), FeatureHash.sign(hash) * number, plan.hash().group());
  }

  /** One entry of an object of numbers. */
  public void mapEntry(FieldPlan plan, CharSequence name, double value) {
    text.set(name);
    mapEntry(plan, text.characters(), 0, text.length(), value);
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

  /** Ends the record: what depends on several fields, or on missing ones, is added. */
  public void end() {
    crosses.addTo(into, record);
    for (int i = 0; i < indicated.size(); i++) {
      FieldPlan plan = indicated.get(i);
      if (plan.lastRecord != record) {
        category(plan, plan.hash().missing());
      }
    }
    into = nowhere;
  }

  private void put(FieldPlan plan, int coordinate, double value) {
    float number = plan.clipped(finite(plan, value));
    if (plan.scaled()) {
      into.addNumeric(coordinate, number);
    } else {
      into.addSparse(coordinate, number);
    }
  }

  private void trackNumber(FieldPlan plan, double value) {
    plan.lastRecord = record;
    if (plan.crosses().length > 0) {
      text.set(value);
      track(plan, plan.hash().category(text.characters(), 0, text.length()));
    }
  }

  private void track(FieldPlan plan, long hash) {
    plan.lastRecord = record;
    crosses.value(plan.crosses(), hash, record);
  }

  private void category(FieldPlan plan, long hash) {
    into.addSparse(plan.hash().coordinate(hash), FeatureHash.sign(hash), -plan.hash().group());
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
    return spec instanceof FeatureSpec.Auto auto && !excluded(auto, name)
        ? FieldPlan.auto(name, bits, auto.fieldBits(), grouped)
        : noFeature(name);
  }

  /** Whether a name, or an object on its path, is excluded. */
  private static boolean excluded(FeatureSpec.Auto auto, String name) {
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (auto.exclude().contains(name.substring(0, dot))) {
        return true;
      }
    }
    return auto.exclude().contains(name);
  }
}
