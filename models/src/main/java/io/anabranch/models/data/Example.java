package io.anabranch.models.data;

/**
 * One decoded and encoded record. A mutable buffer that is filled anew for every record; whoever
 * wants to keep something copies it.
 */
public final class Example {
  private final FeatureVector features = new FeatureVector();
  private String id = "";
  private String key = "";
  private long time;
  private boolean labelled;
  private String label = "";
  private double target;
  private double weight = 1;

  /** Forgets everything; the record is unlabelled, with weight 1. */
  public void clear() {
    features.clear();
    id = "";
    key = "";
    time = 0;
    labelled = false;
    label = "";
    target = Double.NaN;
    weight = 1;
  }

  /** Sets who and when this record is: its id, the text of its key ("" = no key), epoch ms. */
  public void identify(String id, String key, long time) {
    this.id = id;
    this.key = key;
    this.time = time;
  }

  /**
   * Sets the label.
   *
   * @param label the class text as it arrived, normalised (1.0 is "1"); for a numeric target the
   *     number's text
   * @param target binary: 1 for the positive class, else 0; numeric: the number; multiclass: NaN
   */
  public void label(String label, double target) {
    this.labelled = true;
    this.label = label;
    this.target = target;
  }

  /** Sets the example weight, finite and at least 0. */
  public void weigh(double weight) {
    this.weight = weight;
  }

  /** Routes this record by another key. */
  public void rekey(String key) {
    this.key = key;
  }

  /** The encoded features, live. */
  public FeatureVector features() {
    return features;
  }

  /** The record's id, unique in its input. */
  public String id() {
    return id;
  }

  /** The text of the entity's key, or "" when the input declares none. */
  public String key() {
    return key;
  }

  /** Event time in epoch milliseconds. */
  public long time() {
    return time;
  }

  /** Whether the label is known. */
  public boolean labelled() {
    return labelled;
  }

  /** The class text; "" when unlabelled. */
  public String label() {
    return label;
  }

  /** Binary: 1 or 0; numeric: the number; NaN when unlabelled or multiclass. */
  public double target() {
    return target;
  }

  /** The example weight. */
  public double weight() {
    return weight;
  }

  /** Makes this example equal to another. */
  public void copyFrom(Example other) {
    features.copyFrom(other.features);
    id = other.id;
    key = other.key;
    time = other.time;
    labelled = other.labelled;
    label = other.label;
    target = other.target;
    weight = other.weight;
  }
}
