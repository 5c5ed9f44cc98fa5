package io.anabranch.operators.embed;

import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Scale;
import io.anabranch.models.feature.FieldPlan;
import io.anabranch.models.feature.RecordEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Named features, read by lambdas. A feature's name and kind are what its weights are found by: as
 * long as they stay, a model can be carried on by a changed program. What is missing (null, NaN)
 * has no entry; it is not zero.
 *
 * @param <T> the records of the stream
 */
@PublicEvolving
public final class FeatureMap<T> extends Features<T> {
  private static final long serialVersionUID = 1;

  private final List<Entry<T>> entries;

  private record Entry<T>(FeatureSpec.Feature feature, Step<T> step) implements Serializable {}

  /** Reads one feature and hands it to the encoder. */
  @FunctionalInterface
  private interface Step<T> extends Serializable {
    void write(RecordEncoder encoder, FieldPlan plan, T element);
  }

  FeatureMap(@SuppressWarnings("unused") Class<T> type) { // the class says T to the compiler
    this(List.of());
  }

  private FeatureMap(List<Entry<T>> entries) {
    this.entries = entries;
  }

  /** A number, standardised by each model's own running mean and deviation. */
  public FeatureMap<T> number(String name, Mapping.Numeric<T> mapping) {
    return number(name, Scale.STANDARD, mapping);
  }

  /** A number on a scale of one's choice; {@code ROBUST} cannot be shared. */
  public FeatureMap<T> number(String name, Scale scale, Mapping.Numeric<T> mapping) {
    return with(
        new FeatureSpec.Numeric(name, scale),
        (encoder, plan, element) -> {
          double value = mapping.of(element);
          if (!Double.isNaN(value)) {
            encoder.number(plan, value);
          }
        });
  }

  /** One of many values: each has a weight of its own. */
  public FeatureMap<T> category(String name, Mapping.Text<T> mapping) {
    return with(new FeatureSpec.Categorical(name, MOST_BITS), text(mapping));
  }

  /**
   * The words of a text.
   *
   * @param ngrams sequences of 1 to so many words are counted, 1 to 5
   */
  public FeatureMap<T> words(String name, int ngrams, Mapping.Text<T> mapping) {
    return with(new FeatureSpec.Text(name, ngrams, MOST_BITS), text(mapping));
  }

  /** Numbers in a row, each position standardised. */
  public FeatureMap<T> vector(String name, Mapping.Numbers<T> mapping) {
    return vector(name, Scale.STANDARD, mapping);
  }

  /** Numbers in a row, on a scale of one's choice; {@code ROBUST} cannot be shared. */
  public FeatureMap<T> vector(String name, Scale scale, Mapping.Numbers<T> mapping) {
    return with(
        new FeatureSpec.NumericVector(name, scale),
        (encoder, plan, element) -> {
          double[] values = mapping.of(element);
          for (int i = 0; values != null && i < values.length; i++) {
            encoder.vectorEntry(plan, i, values[i]);
          }
        });
  }

  /** Numbers by name, taken as they are: counts of things, say. */
  public FeatureMap<T> numbers(String name, Mapping.NamedNumbers<T> mapping) {
    return with(
        new FeatureSpec.MapOfNumbers(name, MOST_BITS),
        (encoder, plan, element) -> {
          Map<String, ? extends Number> values = mapping.of(element);
          if (values != null) {
            values.forEach((key, value) -> encoder.mapEntry(plan, key, value.doubleValue()));
          }
        });
  }

  /** The combination of several categories or numbers that were mapped before. */
  public FeatureMap<T> cross(String... names) {
    return with(new FeatureSpec.Cross(List.of(names), MOST_BITS), null);
  }

  // The encoder takes the lesser of this and its own bits.
  private static final int MOST_BITS = 28;

  private static <T> Step<T> text(Mapping.Text<T> mapping) {
    return (encoder, plan, element) -> {
      String value = mapping.of(element);
      if (value != null) {
        encoder.text(plan, value);
      }
    };
  }

  private FeatureMap<T> with(FeatureSpec.Feature feature, @Nullable Step<T> step) {
    List<Entry<T>> more = new ArrayList<>(entries);
    more.add(new Entry<>(feature, step == null ? (encoder, plan, element) -> {} : step));
    return new FeatureMap<>(more);
  }

  @Override
  FeatureWriter<T> writer(FieldReader<T> fields, int hashBits, boolean grouped) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("features must be at least one, got none");
    }
    List<FeatureSpec.Feature> features = entries.stream().map(Entry::feature).toList();
    RecordEncoder encoder = new RecordEncoder(new FeatureSpec.Listed(features), hashBits, grouped);
    FieldPlan[] plans =
        features.stream().map(feature -> encoder.field(feature.field())).toArray(FieldPlan[]::new);
    return (element, into) -> {
      encoder.begin(into);
      for (int i = 0; i < plans.length; i++) {
        entries.get(i).step().write(encoder, plans[i], element);
      }
      encoder.end();
    };
  }
}
