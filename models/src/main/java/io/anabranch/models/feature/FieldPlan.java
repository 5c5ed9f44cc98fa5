package io.anabranch.models.feature;

import io.anabranch.models.feature.FeatureSpec.Categorical;
import io.anabranch.models.feature.FeatureSpec.Clip;
import io.anabranch.models.feature.FeatureSpec.Feature;
import io.anabranch.models.feature.FeatureSpec.MapOfNumbers;
import io.anabranch.models.feature.FeatureSpec.Missing;
import io.anabranch.models.feature.FeatureSpec.Numeric;
import io.anabranch.models.feature.FeatureSpec.NumericVector;
import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.feature.FeatureSpec.Text;
import java.util.Arrays;

/** What one field of a record becomes. Made and cached by {@link RecordEncoder#field}. */
public final class FieldPlan {

  /** What is expected of a field's values. */
  public enum Kind {
    /** Nothing: the field is no feature, skip its value. */
    IGNORED("anything"),
    /** Whatever arrives: the value's type decides. */
    AUTO("anything"),
    /** A number. */
    NUMERIC("a number"),
    /** A text, boolean or number. */
    CATEGORICAL("a text, boolean or number"),
    /** A text, boolean or number, for crosses only. */
    CROSSED("a text, boolean or number"),
    /** A text of words; a boolean or number is its text. */
    TEXT("a text, boolean or number"),
    /** An object of name to number. */
    MAP("an object of numbers"),
    /** An array of numbers. */
    VECTOR("an array of numbers");

    private final String rule;

    Kind(String rule) {
      this.rule = rule;
    }

    /** What a value must be, in words. */
    public String rule() {
      return rule;
    }
  }

  private static final int MOST_REMEMBERED = 1 << 16;
  private static final int[] NO_CROSSES = new int[0];

  private final String field;
  private final Kind kind;
  private final Scale scale;
  private final float least;
  private final float most;
  private final int ngrams;
  private final boolean category;
  private final boolean indicated;
  private boolean tracked;
  private final FeatureHash hash;
  private final int number;
  private int[] crosses = NO_CROSSES;
  private int[] positions = new int[0];

  /** The number of the record that had this field last. */
  long lastRecord;

  private FieldPlan(
      String field,
      Kind kind,
      Scale scale,
      Clip clip,
      Missing missing,
      int ngrams,
      FeatureHash hash) {
    this.field = field;
    this.kind = kind;
    this.scale = scale;
    this.least = (float) clip.least();
    this.most = (float) clip.most();
    this.ngrams = ngrams;
    this.category = kind == Kind.AUTO || kind == Kind.CATEGORICAL;
    this.indicated = missing == Missing.INDICATOR;
    this.tracked = indicated;
    this.hash = hash;
    this.number = hash.number(scale);
  }

  /** The plan of a field that is a feature only in part, or not at all. */
  static FieldPlan of(String field, Kind kind, int bits, boolean grouped) {
    return plain(field, kind, Scale.NONE, new FeatureHash(field, bits, bits, grouped));
  }

  /** The plan of a field that is taken as what stands in it. */
  static FieldPlan auto(String field, int bits, int fieldBits, boolean grouped) {
    return plain(
        field, Kind.AUTO, Scale.STANDARD, new FeatureHash(field, bits, fieldBits, grouped));
  }

  private static FieldPlan plain(String field, Kind kind, Scale scale, FeatureHash hash) {
    return new FieldPlan(field, kind, scale, Clip.NONE, Missing.SKIP, 0, hash);
  }

  /** The plan of a feature of one field. */
  static FieldPlan of(Feature feature, int bits, boolean grouped) {
    String field = feature.field();
    FeatureHash all = new FeatureHash(field, bits, bits, grouped);
    if (feature instanceof Numeric f) {
      return new FieldPlan(field, Kind.NUMERIC, f.scale(), f.clip(), f.missing(), 0, all);
    }
    if (feature instanceof NumericVector f) {
      return new FieldPlan(field, Kind.VECTOR, f.scale(), f.clip(), Missing.SKIP, 0, all);
    }
    if (feature instanceof Categorical f) {
      FeatureHash hash = new FeatureHash(field, bits, f.hashBits(), grouped);
      return hashed(field, Kind.CATEGORICAL, f.missing(), 0, hash);
    }
    if (feature instanceof Text f) {
      FeatureHash hash = new FeatureHash(field, bits, f.hashBits(), grouped);
      return hashed(field, Kind.TEXT, Missing.SKIP, f.ngrams(), hash);
    }
    if (feature instanceof MapOfNumbers f) {
      FeatureHash hash = new FeatureHash(field, bits, f.hashBits(), grouped);
      return hashed(field, Kind.MAP, Missing.SKIP, 0, hash);
    }
    throw new IllegalStateException("no plan of one field for " + feature);
  }

  private static FieldPlan hashed(
      String field, Kind kind, Missing missing, int ngrams, FeatureHash hash) {
    return new FieldPlan(field, kind, Scale.NONE, Clip.NONE, missing, ngrams, hash);
  }

  /** The field's name. */
  public String field() {
    return field;
  }

  /** What is expected. */
  public Kind kind() {
    return kind;
  }

  /** Whether the field is no feature, so that its value can be skipped. */
  public boolean ignored() {
    return kind == Kind.IGNORED;
  }

  boolean takes(Kind value) {
    return kind == value || kind == Kind.AUTO;
  }

  /** Whether a text is one category. */
  boolean takesCategory() {
    return category;
  }

  /** Whether it matters to something else in the record that this field is there. */
  boolean tracked() {
    return tracked;
  }

  /** Whether a number is taken as its text. */
  boolean takesText() {
    return kind == Kind.CATEGORICAL || kind == Kind.TEXT || kind == Kind.CROSSED;
  }

  boolean scaled() {
    return scale != Scale.NONE;
  }

  /** The coordinate of the field's number. */
  int number() {
    return number;
  }

  /** The number within the range of {@code clip}. */
  float clipped(float value) {
    // Two comparisons: Math.min and Math.max, which mind NaN and the sign of 0, cost more.
    return value < least ? least : value > most ? most : value;
  }

  int ngrams() {
    return ngrams;
  }

  /** Whether a category stands for a missing value. */
  boolean indicated() {
    return indicated;
  }

  /** The places that the field has in crosses. */
  int[] crosses() {
    return crosses;
  }

  void crossAt(int place) {
    crosses = Arrays.copyOf(crosses, crosses.length + 1);
    crosses[crosses.length - 1] = place;
    tracked = true;
  }

  FeatureHash hash() {
    return hash;
  }

  FeatureException mismatch(String found) {
    return new FeatureException(field, kind.rule, found);
  }

  /** The coordinate of a vector's position; hashed once, then remembered up to a bound. */
  int position(int position) {
    if (position >= MOST_REMEMBERED) {
      return hash.position(position, scale);
    }
    if (position >= positions.length) {
      int known = positions.length;
      positions = Arrays.copyOf(positions, Math.max(2 * known, position + 1));
      for (int i = known; i < positions.length; i++) {
        positions[i] = hash.position(i, scale);
      }
    }
    return positions[position];
  }
}
