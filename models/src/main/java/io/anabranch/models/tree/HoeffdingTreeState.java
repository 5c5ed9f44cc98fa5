package io.anabranch.models.tree;

import io.anabranch.models.evidence.Observations;
import io.anabranch.models.evidence.StateHeader;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.tree.HoeffdingTree.Hyper;

/**
 * The serialized state, version 1: the header, then the nodes from the root on, each before its
 * children and these in order. A node begins with its kind.
 */
final class HoeffdingTreeState {
  static final int VERSION = 1;

  private static final int LEAF = 0;
  private static final int AT_MOST = 1;
  private static final int IS = 2;
  private static final int ONE_OF = 3;

  private HoeffdingTreeState() {}

  static byte[] write(HoeffdingTree tree) {
    ModelWriter out = new ModelWriter(HoeffdingTreeProvider.TYPE, VERSION);
    new StateHeader(tree.examples(), tree.classes()).write(out, tree.hashBits());
    write(tree.root(), out);
    return out.finish();
  }

  private static void write(Node node, ModelWriter out) {
    if (node instanceof Leaf leaf) {
      write(leaf, out);
    } else if (node instanceof Split split) {
      write(split.test, out);
      out.writeDoubles(split.weights, 0, split.weights.length);
      for (Node child : split.children) {
        write(child, out);
      }
    }
  }

  private static void write(Leaf leaf, ModelWriter out) {
    out.writeInt(LEAF);
    out.writeDoubles(leaf.weights, 0, leaf.weights.length);
    Observations observed = leaf.observations;
    out.writeBoolean(observed != null);
    out.writeDoubles(
        new double[] {leaf.majorityRight, leaf.bayesRight, leaf.weightAtLastTry}, 0, 3);
    if (observed != null) {
      observed.write(out, leaf.weights.length);
    }
  }

  private static void write(SplitTest test, ModelWriter out) {
    if (test instanceof SplitTest.AtMost atMost) {
      out.writeInt(AT_MOST);
      out.writeInt(atMost.key);
      out.writeDouble(atMost.threshold);
    } else if (test instanceof SplitTest.Is is) {
      out.writeInt(IS);
      out.writeInt(is.group());
      out.writeInt(is.value());
    } else if (test instanceof SplitTest.OneOf oneOf) {
      out.writeInt(ONE_OF);
      out.writeInt(oneOf.group);
      out.writeInts(oneOf.values, 0, oneOf.values.length);
    }
  }

  static HoeffdingTree read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = ModelReader.open(bytes, HoeffdingTreeProvider.TYPE, VERSION);
    StateHeader header = StateHeader.read(in, settings);
    Node root = read(in, header.classes().count(), 0);
    in.end();
    return new HoeffdingTree(header, root, settings.hashBits(), Hyper.of(settings));
  }

  private static Node read(ModelReader in, int classes, int depth) {
    int kind = in.readInt();
    if (kind == LEAF) {
      return readLeaf(in, classes);
    }
    if (depth == HoeffdingTree.MOST_DEPTH) {
      throw new CorruptModelException(
          "a tree must be at most %d splits deep, got more".formatted(HoeffdingTree.MOST_DEPTH));
    }
    SplitTest test = readTest(in, kind);
    double[] weights = new double[test.branches()];
    in.readDoubles(weights, 0, weights.length);
    Observations.requireWeights(weights);
    Node[] children = new Node[weights.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = read(in, classes, depth + 1);
    }
    return new Split(test, children, weights);
  }

  private static Leaf readLeaf(ModelReader in, int classes) {
    Leaf leaf = new Leaf(in.readDoubles());
    if (leaf.weights.length > classes) {
      throw new CorruptModelException(
          "a leaf must have at most %d classes, got %d".formatted(classes, leaf.weights.length));
    }
    boolean observes = in.readBoolean();
    double[] counters = new double[3];
    in.readDoubles(counters, 0, counters.length);
    Observations.requireWeights(leaf.weights);
    Observations.requireWeights(counters);
    leaf.majorityRight = counters[0];
    leaf.bayesRight = counters[1];
    leaf.weightAtLastTry = counters[2];
    leaf.observations = observes ? Observations.read(in, leaf.weights.length, true) : null;
    return leaf;
  }

  private static SplitTest readTest(ModelReader in, int kind) {
    int key = in.readInt();
    if (kind == AT_MOST) {
      double threshold = in.readDouble();
      if (!Double.isFinite(threshold)) {
        throw new CorruptModelException("a threshold must be finite, got " + threshold);
      }
      return new SplitTest.AtMost(key, threshold);
    }
    if (kind == IS) {
      return new SplitTest.Is(key, in.readInt());
    }
    if (kind != ONE_OF) {
      throw new CorruptModelException("the kind of a node must be between 0 and 3, got " + kind);
    }
    int[] values = in.readInts();
    for (int i = 1; i < values.length; i++) {
      if (values[i] <= values[i - 1]) {
        throw new CorruptModelException(
            "the categories of a split must ascend, got %d after %d"
                .formatted(values[i], values[i - 1]));
      }
    }
    if (values.length < 2) {
      throw new CorruptModelException(
          "a split must have at least 2 branches, got " + values.length);
    }
    return new SplitTest.OneOf(key, values);
  }
}
