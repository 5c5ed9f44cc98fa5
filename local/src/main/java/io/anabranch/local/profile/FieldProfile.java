package io.anabranch.local.profile;

import io.anabranch.job.decode.EventTime;
import java.util.Optional;

/** What a sample shows of one top-level field. Texts that are empty and nulls are missing. */
public final class FieldProfile {
  /** So many different values are told apart. */
  static final int MOST_VALUES = 50_000;

  /** Fewer milliseconds are hardly meant as a time: it would be before 1974. */
  private static final double EARLIEST_LIKELY = 1e11;

  /** What a field's values are. */
  public enum Kind {
    NUMBERS,
    TEXTS,
    BOOLEANS,
    /** Objects. */
    MAPS,
    /** Arrays. */
    VECTORS,
    /** Several of these. */
    MIXED,
    /** Nothing at all. */
    MISSING
  }

  private final String name;
  private final ValueCounts values = new ValueCounts(MOST_VALUES);
  private final Repetition repetition = new Repetition();
  private final Autocorrelation autocorrelation = new Autocorrelation();
  private long numbers;
  private long texts;
  private long booleans;
  private long objects;
  private long arrays;
  private long times;
  private long words;
  private boolean whole = true;
  private boolean increasing = true;
  private boolean rising = true;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private double lastNumber = Double.NEGATIVE_INFINITY;
  private String lastText = "";

  FieldProfile(String name) {
    this.name = name;
  }

  void number(double value, String label) {
    numbers++;
    whole &= value == Math.rint(value);
    increasing &= value > lastNumber;
    rising &= value >= lastNumber;
    lastNumber = value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    times += EventTime.ofNumber(value).isPresent() && value >= EARLIEST_LIKELY ? 1 : 0;
    autocorrelation.add(value);
    value(label);
  }

  void text(String value) {
    texts++;
    whole = false;
    increasing &= value.compareTo(lastText) > 0;
    lastText = value;
    times += value.length() <= 64 && EventTime.ofText(value).isPresent() ? 1 : 0;
    words += words(value);
    value(value);
  }

  private static int words(String value) {
    int words = 0;
    for (int i = 0; i < value.length(); i++) {
      boolean begins = i == 0 || Character.isWhitespace(value.charAt(i - 1));
      words += begins && !Character.isWhitespace(value.charAt(i)) ? 1 : 0;
    }
    return words;
  }

  void flag(boolean value) {
    booleans++;
    whole = false;
    increasing = false;
    value(Boolean.toString(value));
  }

  private void value(String label) {
    values.add(label);
    repetition.add(label);
  }

  void object() {
    objects++;
  }

  void array() {
    arrays++;
  }

  /** The field's name. */
  public String name() {
    return name;
  }

  /** How many values were there. */
  public long present() {
    return numbers + texts + booleans + objects + arrays;
  }

  /** How many of them were numbers. */
  public long numbers() {
    return numbers;
  }

  /** How many of them were texts. */
  public long texts() {
    return texts;
  }

  /** What all the values are. */
  public Kind kind() {
    long all = present();
    if (all == 0) {
      return Kind.MISSING;
    }
    if (numbers == all) {
      return Kind.NUMBERS;
    }
    if (texts == all) {
      return Kind.TEXTS;
    }
    if (booleans == all) {
      return Kind.BOOLEANS;
    }
    if (objects == all) {
      return Kind.MAPS;
    }
    return arrays == all ? Kind.VECTORS : Kind.MIXED;
  }

  /** How often each single value was there, numbers by their label text. */
  public ValueCounts values() {
    return values;
  }

  /** Whether the values are numbers, all of them without a fraction. */
  public boolean whole() {
    return numbers > 0 && whole;
  }

  /** Whether each value is greater than the one before it, at least two of them. */
  public boolean increasing() {
    return present() > 1 && (kind() == Kind.NUMBERS || kind() == Kind.TEXTS) && increasing;
  }

  /** Whether no number is less than the one before it. */
  public boolean rising() {
    return rising;
  }

  /** Whether no value is there twice. */
  public boolean unique() {
    return values.complete() && present() > 0 && values.distinct() == present();
  }

  /** Whether every value can be read as an event time. */
  public boolean readsAsTime() {
    return present() > 0 && times == present();
  }

  /** Words of a text, on average. */
  public double wordsPerText() {
    return texts == 0 ? 0 : (double) words / texts;
  }

  /** The least number; empty when there is none. */
  public Optional<Double> minimum() {
    return numbers == 0 ? Optional.empty() : Optional.of(minimum);
  }

  /** The greatest number; empty when there is none. */
  public Optional<Double> maximum() {
    return numbers == 0 ? Optional.empty() : Optional.of(maximum);
  }

  /** How the field's values, as classes, follow each other. */
  public Repetition repetition() {
    return repetition;
  }

  /** How the field's numbers follow each other. */
  public Autocorrelation autocorrelation() {
    return autocorrelation;
  }
}
