package io.anabranch.job.output;

import io.anabranch.operators.record.PredictionRecord;

/**
 * The text of a negative decision. A pipeline names only the positive class; all else is negative,
 * under whatever texts the labels have. Where the record brings such a label, that text is used, so
 * that {@code prediction} equals {@code label} exactly when the decision was right. Else it is the
 * usual counterpart of the positive text ("1" and "0", "true" and "false", "yes" and "no"), or
 * {@code "not "} and the positive text.
 */
final class NegativeClass {
  private final String positive;
  private final String counterpart;

  NegativeClass(String positive) {
    this.positive = positive;
    this.counterpart =
        switch (positive) {
          case "1" -> "0";
          case "0" -> "1";
          case "true" -> "false";
          case "false" -> "true";
          case "True" -> "False";
          case "TRUE" -> "FALSE";
          case "yes" -> "no";
          case "Yes" -> "No";
          case "no" -> "yes";
          case "y" -> "n";
          case "t" -> "f";
          default -> "not " + positive;
        };
  }

  String textFor(PredictionRecord record) {
    return record.labelled() && !record.label().equals(positive) ? record.label() : counterpart;
  }
}
