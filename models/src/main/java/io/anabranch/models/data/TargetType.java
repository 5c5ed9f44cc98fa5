package io.anabranch.models.data;

/** What kind of value a pipeline predicts. */
public enum TargetType {
  /** Two classes, one of which is named as the positive one. */
  BINARY,
  /** Any number of classes, compared as text. */
  MULTICLASS,
  /** A real number. */
  NUMERIC,
  /** Nothing to predict: clustering and anomaly detection. */
  NONE
}
