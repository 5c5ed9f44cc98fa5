package io.anabranch.job.decode;

import io.anabranch.job.pipeline.LabelText;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Turns the target field into the label of an example. */
final class LabelReader {
  private final String field;
  private final Target target;
  private final Set<String> classes;
  private final TextPool texts = new TextPool(10, UnaryOperator.identity());
  private final TextPool numbers = new TextPool(10, LabelText::ofNumber);

  LabelReader(String field, Target target) {
    this.field = field;
    this.target = target;
    this.classes = Set.copyOf(target.classes());
  }

  void number(char[] text, int offset, int length, double value, Example into)
      throws RecordException {
    if (!Double.isFinite(value)) {
      throw RecordException.field(field, "must be finite, got " + Excerpt.of(text, offset, length));
    }
    label(numbers.get(text, offset, length), value, into);
  }

  /** A text or a boolean; an empty text is no label. */
  void text(char[] text, int offset, int length, Example into) throws RecordException {
    if (length > 0) {
      label(texts.get(text, offset, length), Double.NaN, into);
    }
  }

  private void label(String label, double number, Example into) throws RecordException {
    switch (target.type()) {
      case BINARY -> into.label(label, label.equals(target.positive()) ? 1 : 0);
      case MULTICLASS -> {
        if (!classes.isEmpty() && !classes.contains(label)) {
          throw RecordException.field(
              field,
              "must be one of "
                  + String.join(", ", target.classes())
                  + ", got '"
                  + Excerpt.of(label)
                  + "'");
        }
        into.label(label, Double.NaN);
      }
      case NUMERIC -> {
        if (Double.isNaN(number)) {
          throw RecordException.field(field, "must be a number, got '" + Excerpt.of(label) + "'");
        }
        into.label(label, number);
      }
      case NONE -> {
        // Nothing to predict: whatever stands there is no label.
      }
    }
  }
}
