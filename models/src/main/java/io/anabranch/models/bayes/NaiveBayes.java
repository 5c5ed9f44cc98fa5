package io.anabranch.models.bayes;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.evidence.ClassNames;
import io.anabranch.models.evidence.Evidence;
import io.anabranch.models.evidence.Observations;
import io.anabranch.models.evidence.StateHeader;
import io.anabranch.models.learner.AdditiveLearner;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;

/**
 * Naive Bayes: Gaussian for numbers, categorical for categories, multinomial for the names in
 * objects and the words of texts.
 *
 * <pre>
 * P(c | x) ∝ n_c Π_i P(x_i | c)
 * number      N(x; mean_c, s²_c)                s²_c = (M2_c + α s²) / (n_c + α)
 * category    (n_vc + α) / (N_gc + α V_g)
 * name, word  the same, to the power of its value's size
 * </pre>
 *
 * <p>Memory: O((numbers + values seen) × classes): 24 bytes for a number and class, 8 for a value
 * and class; values are at most 2^hashBits. Time: O(entries of the example × classes).
 *
 * <p>Hyperparameters: see {@link Hyper}.
 *
 * <p>Duda and Hart 1973, "Pattern Classification and Scene Analysis"; McCallum and Nigam 1998, "A
 * Comparison of Event Models for Naive Bayes Text Classification", for the multinomial part;
 * moments by Welford. MOA's {@code NaiveBayes} is the same but for these deviations: the variance
 * of a class is drawn to that of all classes by α examples, so that a number which did not vary yet
 * forbids no class; V counts the values seen so far, and one never seen is passed over; a class
 * without examples has probability 1 / (N + C) and no probability is below 1e-6 / C. A weight is
 * bounded to 1e60. Infinite numbers are the encoder's to refuse.
 */
public final class NaiveBayes implements AdditiveLearner {
  private final ClassNames classes;
  private final Observations observations;
  private final Evidence evidence;
  private final int hashBits;
  private long examples;

  /**
   * How much it trusts few examples.
   *
   * @param smoothing α, in (0, 1e6]: how many examples without any difference between classes stand
   *     beside those of a class
   */
  public record Hyper(double smoothing) {
    static final double MOST = 1e6;
    static final Hyper DEFAULT = new Hyper(1);

    /** Checks the range. */
    public Hyper {
      if (!(smoothing > 0 && smoothing <= MOST)) {
        throw new IllegalArgumentException(
            "smoothing must be > 0 and <= 1000000, got " + smoothing);
      }
    }

    /** What was set, and the default for the rest. */
    public static Hyper of(LearnerSettings settings) {
      return new Hyper(settings.number("smoothing", DEFAULT.smoothing));
    }
  }

  /** An untrained model of a binary or multiclass target over coordinates of {@code hashBits}. */
  public NaiveBayes(Target target, int hashBits, Hyper hyper) {
    this(new StateHeader(0, new ClassNames(target)), hashBits, hyper);
  }

  private NaiveBayes(StateHeader fresh, int hashBits, Hyper hyper) {
    this(fresh, new Observations(fresh.classes().count(), false), hashBits, hyper);
  }

  /** A model of what several trainers observed. */
  NaiveBayes(Target target, Observations observations, int hashBits, Hyper hyper) {
    this(new StateHeader(0, new ClassNames(target)), observations, hashBits, hyper);
  }

  NaiveBayes(StateHeader header, Observations observations, int hashBits, Hyper hyper) {
    this.classes = header.classes();
    this.observations = observations;
    this.evidence = new Evidence(hyper.smoothing());
    this.hashBits = hashBits;
    this.examples = header.examples();
  }

  @Override
  public void predict(Example example, Prediction into) {
    observations.weigh(example.features(), classes.count(), evidence);
    classes.predict(evidence.probabilities(observations.seen(classes.count())), examples > 0, into);
  }

  @Override
  public void learn(Example example) {
    int c = classes.of(example);
    double weight = Observations.bounded(example.weight());
    if (weight > 0) {
      observations.observe(example.features(), c, weight, true);
    }
    examples++;
  }

  @Override
  public void add(Learner other) {
    NaiveBayes model = (NaiveBayes) other;
    observations.add(model.observations, classes.numbersOf(model.classes));
    examples += model.examples;
  }

  @Override
  public long examples() {
    return examples;
  }

  void examples(long count) {
    examples = count;
  }

  int hashBits() {
    return hashBits;
  }

  ClassNames classes() {
    return classes;
  }

  Observations observations() {
    return observations;
  }
}
