package io.anabranch.models.tree;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.evidence.ClassNames;
import io.anabranch.models.evidence.Evidence;
import io.anabranch.models.evidence.Observations;
import io.anabranch.models.evidence.StateHeader;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;

/**
 * A Hoeffding tree (VFDT) with Gaussian numbers, splits by category, and adaptive naive-Bayes
 * leaves.
 *
 * <pre>
 * ε = √(R² ln(1/δ) / 2n)         R = log2(classes), n = examples of the leaf
 * split by the best feature if   G(best) − G(second best) > ε   or   ε < τ
 * </pre>
 *
 * where G is the information gain, and not to split at all gains 0.
 *
 * <p>Memory: O(leaves × (numbers + values seen) × classes), at most about {@code memory} bytes:
 * beyond it, no feature joins a leaf, and the leaves in which a split could win least stop
 * observing. A table may hold half as much again in reserve. Time: O(depth + entries of the example
 * × classes).
 *
 * <p>Hyperparameters: see {@link Hyper}.
 *
 * <p>Domingos and Hulten 2000, "Mining High-Speed Data Streams", table 1; leaves by Holmes, Kirkby
 * and Pfahringer 2005, "Stress-Testing Hoeffding Trees"; the bound on memory by Kirkby 2007,
 * "Improving Hoeffding Trees", chapter 3. The reference is MOA's {@code HoeffdingTree}; deviations:
 * gains are taken of what the leaf itself observed, not mixed with what its parent expected (which
 * n does count, as in MOA), and scaled by how often the feature was there; a class's variance in a
 * leaf is that of {@link io.anabranch.models.evidence.NumberTable}; a leaf where no split would
 * gain stays active; categories split all at once only up to 32 branches; what is missing or was
 * unknown at the split goes where most goes; the names in objects are numbers that are 0 when
 * absent; probabilities are as in {@link Evidence}.
 */
public final class HoeffdingTree implements Learner {
  /** Deeper than any tree that helps; keeps recursion and corrupt files in bounds. */
  static final int MOST_DEPTH = 100;

  private final Hyper hyper;
  private final ClassNames classes;
  private final int hashBits;
  private final Evidence evidence = new Evidence(1);
  private final TreeMemory memory;
  private Node root;
  private long examples;

  /**
   * When it splits, and how large it grows.
   *
   * @param gracePeriod examples at a leaf between two tries to split it, 1 to 1e9
   * @param splitConfidence δ, the chance of a wrong split, in (0, 1)
   * @param tieThreshold τ, in [0, 1] bits: below it features are as good as each other
   * @param memory most bytes, 10000 to 1e9
   */
  public record Hyper(
      double gracePeriod, double splitConfidence, double tieThreshold, double memory) {
    static final Hyper DEFAULT = new Hyper(200, 1e-7, 0.05, 4_000_000);
    static final double MOST = 1e9;
    static final double LEAST_MEMORY = 10_000;

    /** Checks the ranges. */
    public Hyper {
      require("grace-period", gracePeriod, 1, MOST);
      if (!(splitConfidence > 0 && splitConfidence <= 1)) {
        throw new IllegalArgumentException(
            "split-confidence must be > 0 and <= 1, got " + splitConfidence);
      }
      require("tie-threshold", tieThreshold, 0, 1);
      require("memory", memory, LEAST_MEMORY, MOST);
    }

    /** What was set, and the defaults for the rest. */
    public static Hyper of(LearnerSettings settings) {
      return new Hyper(
          settings.number("grace-period", DEFAULT.gracePeriod),
          settings.number("split-confidence", DEFAULT.splitConfidence),
          settings.number("tie-threshold", DEFAULT.tieThreshold),
          settings.number("memory", DEFAULT.memory));
    }

    private static void require(String name, double value, double least, double most) {
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(
            "%s must be between %.0f and %.0f, got %s".formatted(name, least, most, value));
      }
    }
  }

  /** An untrained model of a binary or multiclass target over coordinates of {@code hashBits}. */
  public HoeffdingTree(Target target, int hashBits, Hyper hyper) {
    this(new StateHeader(0, new ClassNames(target)), new Leaf(new double[0]), hashBits, hyper);
  }

  HoeffdingTree(StateHeader header, Node root, int hashBits, Hyper hyper) {
    this.hyper = hyper;
    this.classes = header.classes();
    this.examples = header.examples();
    this.hashBits = hashBits;
    this.root = root;
    memory = new TreeMemory((long) hyper.memory, root);
  }

  @Override
  public void predict(Example example, Prediction into) {
    FeatureVector features = example.features();
    Node node = root;
    while (node instanceof Split split) {
      node = split.children[split.branch(features)];
    }
    Leaf leaf = (Leaf) node;
    double[] probabilities = leaf.probabilities(features, classes.count(), evidence);
    classes.predict(probabilities, examples > 0, into);
  }

  @Override
  public void learn(Example example) {
    int c = classes.of(example);
    double weight = Observations.bounded(example.weight());
    examples++;
    if (weight == 0) {
      return;
    }
    FeatureVector features = example.features();
    Node node = root;
    Split parent = null;
    int branch = 0;
    int depth = 0;
    while (node instanceof Split split) {
      parent = split;
      branch = split.branch(features);
      split.weights[branch] += weight;
      node = split.children[branch];
      depth++;
    }
    Leaf leaf = (Leaf) node;
    long before = leaf.bytes();
    leaf.learn(features, c, weight, classes.count(), memory.hasRoom(), evidence);
    memory.add(leaf.bytes() - before);
    if (leaf.weight() - leaf.weightAtLastTry >= hyper.gracePeriod) {
      memory.balance(root);
      leaf.weightAtLastTry = leaf.weight();
      Node grown = depth < MOST_DEPTH ? split(leaf) : leaf;
      if (parent == null) {
        root = grown;
      } else {
        parent.children[branch] = grown;
      }
    }
  }

  /** The split that a leaf becomes, or the leaf. */
  private Node split(Leaf leaf) {
    Observations observed = leaf.observations;
    if (observed == null || leaf.promise() == 0) {
      return leaf;
    }
    int seenClasses = leaf.weights.length;
    SplitSearch search = new SplitSearch(observed, seenClasses);
    Candidate best = search.best;
    if (best == null) {
      return leaf;
    }
    // What the parent expected to come counts too, as in MOA: it came, to the leaf before the
    // split.
    double n = leaf.weight();
    double range = StrictMath.log(Math.max(2, seenClasses)) / StrictMath.log(2);
    double bound = Math.sqrt(range * range * -StrictMath.log(hyper.splitConfidence) / (2 * n));
    boolean clear = best.merit - search.secondMerit > bound || bound < hyper.tieThreshold;
    double[][] expected = best.branches;
    long bytes = Split.bytes(expected.length) + expected.length * Leaf.bytesFresh(seenClasses);
    if (!clear || !memory.canReplace(leaf.bytes(), bytes)) {
      return leaf;
    }
    Node[] children = new Node[expected.length];
    double[] weights = new double[expected.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = new Leaf(expected[i]);
      weights[i] = InformationGain.sum(expected[i]);
    }
    memory.add(bytes - leaf.bytes());
    return new Split(best.test, children, weights);
  }

  @Override
  public long examples() {
    return examples;
  }

  int hashBits() {
    return hashBits;
  }

  ClassNames classes() {
    return classes;
  }

  Node root() {
    return root;
  }

  /** About how much heap the tree takes. */
  long bytes() {
    return memory.bytes();
  }
}
