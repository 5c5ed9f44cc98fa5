package io.anabranch.operators.embed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * What is to be predicted, and where a record says it. A record without its label (null, NaN) is
 * predicted and not learned from.
 *
 * @param <T> the records of the stream
 */
@PublicEvolving
public final class Label<T> implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String YES = "true";
  private static final String NO = "false";

  private final Target target;
  private final List<String> fields;
  private final Binding<T> binding;

  /** Makes what labels examples, for one subtask. */
  @FunctionalInterface
  private interface Binding<T> extends Serializable {
    Labeller<T> bind(FieldReader<T> fields);
  }

  /** Labels examples, for one subtask. */
  @FunctionalInterface
  interface Labeller<T> {
    /** Sets the label, if the record has one. */
    void label(T element, Example into);
  }

  private Label(Target target, List<String> fields, Binding<T> binding) {
    this.target = target;
    this.fields = fields;
    this.binding = binding;
  }

  /** Yes or no. */
  public static <T> Label<T> binary(Mapping.Flag<T> mapping) {
    return new Label<>(
        Target.binary(YES),
        List.of(),
        fields ->
            (element, into) -> {
              Boolean positive = mapping.of(element);
              if (positive != null) {
                into.label(positive ? YES : NO, positive ? 1 : 0);
              }
            });
  }

  /** One of several classes, new ones of which may come. */
  public static <T> Label<T> category(Mapping.Text<T> mapping) {
    return new Label<>(
        Target.multiclass(),
        List.of(),
        fields ->
            (element, into) -> {
              String category = mapping.of(element);
              if (category != null) {
                into.label(category, Double.NaN);
              }
            });
  }

  /** A number. */
  public static <T> Label<T> number(Mapping.Numeric<T> mapping) {
    return new Label<>(
        Target.numeric(),
        List.of(),
        fields -> (element, into) -> number(mapping.of(element), "", into));
  }

  /**
   * A field of a POJO or Row that holds one of two classes.
   *
   * @param positive the text of the positive class; all else is the negative one. A boolean's is
   *     true or false, a whole number's is without a fraction
   */
  public static <T> Label<T> binaryField(String name, String positive) {
    return new Label<>(
        Target.binary(positive),
        List.of(name),
        fields ->
            ofText(fields, name, (text, into) -> into.label(text, text.equals(positive) ? 1 : 0)));
  }

  /** A field of a POJO or Row that holds one of several classes, new ones of which may come. */
  public static <T> Label<T> categoryField(String name) {
    return new Label<>(
        Target.multiclass(),
        List.of(name),
        fields -> ofText(fields, name, (text, into) -> into.label(text, Double.NaN)));
  }

  /** A field of a POJO or Row that holds a number. */
  public static <T> Label<T> numberField(String name) {
    return new Label<>(
        Target.numeric(),
        List.of(name),
        fields -> {
          FieldReader.Field<T> field = fields.field(name);
          return (element, into) -> {
            Object value = field.of(element);
            if (value instanceof Number number) {
              number(number.doubleValue(), " of field '" + name + "'", into);
            } else if (value != null) {
              throw new RefusalException(
                  "label: field '" + name + "' must be a number, got " + value);
            }
          };
        });
  }

  private interface TextLabel {
    void set(String text, Example into);
  }

  private static <T> Labeller<T> ofText(FieldReader<T> fields, String name, TextLabel label) {
    FieldReader.Field<T> field = fields.field(name);
    return (element, into) -> {
      String text = textOf(field.of(element));
      if (!text.isEmpty()) {
        label.set(text, into);
      }
    };
  }

  private static void number(double value, String place, Example into) {
    if (Double.isInfinite(value)) {
      throw new RefusalException("label" + place + " must be finite, got " + value);
    }
    if (!Double.isNaN(value)) {
      into.label("", value);
    }
  }

  Target target() {
    return target;
  }

  /** The fields that must be there. */
  List<String> fields() {
    return fields;
  }

  Labeller<T> labeller(FieldReader<T> fields) {
    return binding.bind(fields);
  }

  /** The text by which a value is compared: 1.0 is "1"; "" when there is none. */
  private static String textOf(@Nullable Object value) {
    if (value instanceof Number number) {
      double exact = number.doubleValue();
      return exact == Math.rint(exact) && Math.abs(exact) < 1L << 53
          ? Long.toString((long) exact)
          : number.toString();
    }
    return value == null ? "" : value.toString();
  }
}
