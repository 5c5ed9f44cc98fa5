package io.anabranch.models.tree;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.tree.HoeffdingTree.Hyper;
import java.util.List;
import java.util.Set;

/**
 * {@code type: hoeffding-tree}. Not shared: trees that split differently have nothing that could be
 * added up.
 */
public final class HoeffdingTreeProvider implements LearnerProvider {
  static final String TYPE = "hoeffding-tree";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Hoeffding tree (VFDT, Domingos and Hulten 2000) with adaptive naive-Bayes leaves.",
          Set.of(Placement.PER_KEY),
          Set.of(TargetType.BINARY, TargetType.MULTICLASS));

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public boolean usesGroups() {
    return true;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    Hyper defaults = Hyper.DEFAULT;
    return List.of(
        new Hyperparameter(
            "grace-period",
            Kind.INTEGER,
            1,
            false,
            Hyper.MOST,
            whole(defaults.gracePeriod()),
            "Examples at a leaf between two tries to split it."),
        new Hyperparameter(
            "split-confidence",
            Kind.NUMBER,
            0,
            true,
            1,
            "0.0000001",
            "The chance that a split is not the best one."),
        new Hyperparameter(
            "tie-threshold",
            Kind.NUMBER,
            0,
            false,
            1,
            Double.toString(defaults.tieThreshold()),
            "Below this bound, in bits, features are as good as each other and the leaf splits."),
        new Hyperparameter(
            "memory",
            Kind.INTEGER,
            Hyper.LEAST_MEMORY,
            false,
            Hyper.MOST,
            whole(defaults.memory()),
            "Most bytes of one tree, about; beyond, its least promising leaves stop observing."));
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new HoeffdingTree(settings.target(), settings.hashBits(), Hyper.of(settings));
  }

  @Override
  public byte[] write(Learner learner) {
    return HoeffdingTreeState.write(ABOUT.expect(HoeffdingTree.class, learner));
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    return HoeffdingTreeState.read(bytes, settings);
  }

  private static String whole(double value) {
    return Long.toString((long) value);
  }
}
