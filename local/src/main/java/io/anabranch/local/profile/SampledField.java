package io.anabranch.local.profile;

import io.anabranch.job.decode.FieldObserver.Kind;
import io.anabranch.job.pipeline.LabelText;

/** What a pipeline's decoder saw in one field, and how well that alone tells the label. */
public final class SampledField {
  private static final long LEAST_FOR_SHAPE = 20;
  private static final double NEARLY_ALL = 0.95;

  private final FieldProfile values;
  private final LabelAssociation association = new LabelAssociation();

  SampledField(String name) {
    values = new FieldProfile(name);
  }

  void add(Kind kind, String text, Label label) {
    switch (kind) {
      case NUMBER -> {
        double number = Double.parseDouble(text);
        values.number(number, LabelText.ofNumber(text));
        association.number(text, number, label);
      }
      case TEXT -> {
        values.text(text);
        association.category(text, label);
      }
      case BOOLEAN -> {
        values.flag(Boolean.parseBoolean(text));
        association.category(text, label);
      }
      case OBJECT -> values.object();
      case ARRAY -> values.array();
    }
  }

  /** The values. */
  public FieldProfile values() {
    return values;
  }

  /** How well this field alone tells the label. */
  public LabelAssociation association() {
    return association;
  }

  /** Whether numbers never fall from record to record: a time, a date or a counter. */
  public boolean rises() {
    return values.kind() == FieldProfile.Kind.NUMBERS
        && values.rising()
        && values.values().distinct() >= LEAST_FOR_SHAPE;
  }

  /**
   * Whether nearly every record has a value of its own that is no measure: texts, or whole numbers
   * that only rise.
   */
  public boolean looksLikeId() {
    boolean discrete = values.kind() == FieldProfile.Kind.TEXTS || (values.whole() && rises());
    return discrete
        && values.present() >= LEAST_FOR_SHAPE
        && (!values.values().complete()
            || values.values().distinct() > NEARLY_ALL * values.present());
  }

  /** Whether it has one single value only. */
  public boolean constant() {
    return values.values().complete()
        && values.values().distinct() == 1
        && values.present() >= LEAST_FOR_SHAPE;
  }
}
