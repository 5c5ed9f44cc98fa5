package io.anabranch.models.bayes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NaiveBayesStateTest {
  private static final int BITS = 8;

  private final NaiveBayesProvider provider = new NaiveBayesProvider();

  @Test
  void aHeaderThatDoesNotFitIsRefused() {
    refused(
        out -> out.writeInt(9),
        "hashBits must be 8 as in the settings, got 9: the model has other coordinates");
    refused(
        out -> {
          out.writeInt(BITS);
          out.writeLong(-1);
        },
        "examples must be >= 0, got -1");
    refused(classes("0"), "the number of classes must be 2 as in the settings, got 1");
    refused(classes("0", "yes"), "class 1 must be '1' as in the settings, got 'yes'");
    Target target = new Target(TargetType.MULTICLASS, "", List.of("a"));
    refused(target, classes("a", "b", "b"), "class 2 must be new, got 'b'");
    refused(
        target, classes(), "the number of classes must be at least 1 as in the settings, got 0");
  }

  @Test
  void observationsThatNobodyCanHaveMadeAreRefused() {
    refused(
        classes("0", "1").andThen(out -> out.writeDoubles(new double[] {1, -1}, 0, 2)),
        "a weight must be finite and >= 0, got -1.0");
    refused(numbers(new int[] {300, 300}), "a key must be there once, got 300 twice");
    refused(
        numbers(new int[] {300}, 1, 0, 0, 1, 0),
        "columns must be between 0 and 3 and fill 1 rows of 3, got 3 and 5 values");
    refused(
        numbers(new int[] {300}, 1, 5, 0, 1, 5, -1, 0, 0, 0),
        "moments must be count >= 0, mean, M2 >= 0, all finite, got 1.0, 5.0, -1.0");
    refused(categories(new int[] {7}, 1, 1, 1, 1, 1), "a group must be between 0 and 0, got 1");
    refused(
        categories(new int[] {7}, 0, 1, Double.NaN, 1, 1),
        "a count must be finite and >= 0, got NaN");
  }

  private static Consumer<ModelWriter> classes(String... names) {
    return out -> {
      out.writeInt(BITS);
      out.writeLong(1);
      out.writeInt(names.length);
      for (String name : names) {
        out.writeString(name);
      }
    };
  }

  private static Consumer<ModelWriter> numbers(int[] keys, double... cells) {
    return classes("0", "1")
        .andThen(
            out -> {
              out.writeDoubles(new double[] {1, 0}, 0, 2);
              out.writeInts(keys, 0, keys.length);
              out.writeInt(3);
              out.writeDoubles(cells, 0, cells.length);
            });
  }

  private static Consumer<ModelWriter> categories(int[] values, int groupOf, double... cells) {
    return numbers(new int[0])
        .andThen(
            out -> {
              out.writeInts(values, 0, values.length);
              out.writeInts(new int[] {-3}, 0, 1);
              out.writeInts(new int[] {groupOf}, 0, 1);
              out.writeInt(2);
              out.writeDoubles(cells, 0, 2);
              out.writeInt(2);
              out.writeDoubles(cells, 2, 2);
            });
  }

  private void refused(Consumer<ModelWriter> payload, String message) {
    refused(Target.binary("yes"), payload, message);
  }

  private void refused(Target target, Consumer<ModelWriter> payload, String message) {
    ModelWriter out = new ModelWriter("naive-bayes", 1);
    payload.accept(out);
    byte[] bytes = out.finish();
    assertThatThrownBy(() -> provider.read(bytes, new LearnerSettings(target, BITS, Map.of(), 1)))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(message);
  }
}
