package io.anabranch.models.tree;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HoeffdingTreeStateTest {
  private final HoeffdingTreeProvider provider = new HoeffdingTreeProvider();

  @Test
  void aTreeThatCannotHaveGrownIsRefused() {
    refused(out -> ints(out, 4, 0), "the kind of a node must be between 0 and 3, got 4");
    refused(
        out -> {
          ints(out, 1, 300);
          out.writeDouble(Double.NaN);
        },
        "a threshold must be finite, got NaN");
    refused(oneOf(7), "a split must have at least 2 branches, got 1");
    refused(oneOf(7, 7), "the categories of a split must ascend, got 7 after 7");
    refused(
        oneOf(7, 8).andThen(out -> out.writeDoubles(new double[] {1}, 0, 1)),
        "the array before byte 50 of the payload must have 2 values, got 1");
    refused(
        out -> {
          for (int depth = 0; depth <= HoeffdingTree.MOST_DEPTH; depth++) {
            ints(out, 2, -3);
            out.writeInt(7);
            out.writeDoubles(new double[] {1, 1}, 0, 2);
          }
        },
        "a tree must be at most 100 splits deep, got more");
  }

  @Test
  void aLeafThatCannotHaveLearnedIsRefused() {
    refused(leaf(0, 1, 2, 3), "a leaf must have at most 2 classes, got 3");
    refused(leaf(0, -1), "a weight must be finite and >= 0, got -1.0");
    refused(leaf(Double.NaN, 1), "a weight must be finite and >= 0, got NaN");
  }

  private static Consumer<ModelWriter> oneOf(int... values) {
    return out -> {
      ints(out, 3, -3);
      out.writeInts(values, 0, values.length);
    };
  }

  private static Consumer<ModelWriter> leaf(double right, double... weights) {
    return out -> {
      out.writeInt(0);
      out.writeDoubles(weights, 0, weights.length);
      out.writeBoolean(false);
      out.writeDoubles(new double[] {right, 0, 0}, 0, 3);
    };
  }

  private static void ints(ModelWriter out, int first, int second) {
    out.writeInt(first);
    out.writeInt(second);
  }

  private void refused(Consumer<ModelWriter> root, String message) {
    ModelWriter out = new ModelWriter("hoeffding-tree", 1);
    out.writeInt(8);
    out.writeLong(1);
    out.writeInt(2);
    out.writeString("0");
    out.writeString("1");
    root.accept(out);
    byte[] bytes = out.finish();
    assertThatThrownBy(
            () -> provider.read(bytes, new LearnerSettings(Target.binary("yes"), 8, Map.of(), 1)))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage(message);
  }
}
