package io.anabranch.operators.embed;

import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FieldPlan;
import io.anabranch.models.feature.RecordEncoder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields by their names; the value that arrives says what becomes of it. */
final class FieldFeatures<T> extends Features<T> {
  private static final long serialVersionUID = 1;

  private final List<String> names;

  FieldFeatures(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("fields must name at least one field, got none");
    }
    Set<String> once = new LinkedHashSet<>();
    for (String name : names) {
      if (!once.add(name)) {
        throw new IllegalArgumentException(
            "fields must name each field once, got '" + name + "' twice");
      }
    }
    this.names = List.copyOf(names);
  }

  @Override
  List<String> fields() {
    return names;
  }

  @Override
  FeatureWriter<T> writer(FieldReader<T> fields, int hashBits, boolean grouped) {
    RecordEncoder encoder = new RecordEncoder(new FeatureSpec.Auto(Set.of()), hashBits, grouped);
    FieldPlan[] plans = names.stream().map(encoder::field).toArray(FieldPlan[]::new);
    FieldReader.Field<T>[] readers = fields.fields(names);
    return (element, into) -> {
      encoder.begin(into);
      for (int i = 0; i < readers.length; i++) {
        write(encoder, plans[i], readers[i].of(element));
      }
      encoder.end();
    };
  }

  private static void write(RecordEncoder encoder, FieldPlan plan, @Nullable Object value) {
    if (value instanceof Number number) {
      encoder.number(plan, number.doubleValue());
    } else if (value instanceof Boolean flag) {
      encoder.bool(plan, flag);
    } else if (value instanceof CharSequence text) {
      encoder.text(plan, text);
    } else if (value instanceof Enum<?> || value instanceof Character) {
      encoder.text(plan, value.toString());
    } else if (value instanceof double[] numbers) {
      for (int i = 0; i < numbers.length; i++) {
        encoder.vectorEntry(plan, i, numbers[i]);
      }
    } else if (value instanceof float[] numbers) {
      for (int i = 0; i < numbers.length; i++) {
        encoder.vectorEntry(plan, i, numbers[i]);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, number) -> entry(encoder, plan, name, number));
    } else if (value != null) {
      throw encoder.unfit(plan, "a " + value.getClass().getName());
    }
  }

  private static void entry(
      RecordEncoder encoder, FieldPlan plan, @Nullable Object name, @Nullable Object value) {
    if (!(value instanceof Number number)) {
      throw encoder.unfit(plan, "an entry '" + name + "' that is no number");
    }
    encoder.mapEntry(plan, String.valueOf(name), number.doubleValue());
  }
}
