package io.anabranch.job.decode;

/** Is told what stands in the fields of records while the job's own decoder reads them. */
public interface FieldObserver {

  /** What kind of value stands in a field. */
  enum Kind {
    /** A number, as the format has it. */
    NUMBER,
    /** A text. */
    TEXT,
    /** true or false. */
    BOOLEAN,
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY
  }

  /**
   * A field has a value. A record that turns out to be unusable is reported up to the value that
   * makes it so; absent fields and nulls are not reported.
   *
   * @param text the value as it stands there; empty for objects and arrays
   */
  void value(String field, Kind kind, String text);
}
