package io.anabranch.models.ensemble;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.tree.HoeffdingTreeProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code type: online-bagging}. The serialized state, version 1: how many members there are, and
 * each member's state as one byte string.
 */
public final class OnlineBaggingProvider implements LearnerProvider {
  static final String TYPE = "online-bagging";
  static final int VERSION = 1;

  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Online bagging (Oza and Russell 2001) of Hoeffding trees, whose probabilities are"
              + " averaged.",
          Set.of(Placement.PER_KEY, Placement.ENSEMBLE),
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
    List<Hyperparameter> all = new ArrayList<>();
    all.add(
        new Hyperparameter(
            OnlineBagging.MEMBERS,
            Kind.INTEGER,
            1,
            false,
            Votes.MOST_MEMBERS,
            Integer.toString(OnlineBagging.DEFAULT_MEMBERS),
            "How many trees there are."));
    for (Hyperparameter ofTree : new HoeffdingTreeProvider().hyperparameters()) {
      all.add(ofTree.name().equals(Bag.MEMORY) ? memory(ofTree) : ofTree);
    }
    return List.copyOf(all);
  }

  private static Hyperparameter memory(Hyperparameter ofTree) {
    return new Hyperparameter(
        ofTree.name(),
        ofTree.kind(),
        ofTree.minimum(),
        ofTree.minimumExclusive(),
        ofTree.maximum(),
        Long.toString(Bag.DEFAULT_MEMORY),
        ofTree.description());
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new OnlineBagging(settings);
  }

  @Override
  public Optional<Ensemble> ensemble(LearnerSettings settings) {
    return Optional.of(new Bag(settings));
  }

  @Override
  public byte[] write(Learner learner) {
    Learner[] members = ABOUT.expect(OnlineBagging.class, learner).members();
    ModelWriter out = new ModelWriter(TYPE, VERSION);
    out.writeInt(members.length);
    for (Learner member : members) {
      out.writeBytes(Bag.write(members.length, member));
    }
    return out.finish();
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    Ensemble bag = new Bag(settings);
    ModelReader in = ModelReader.open(bytes, TYPE, VERSION);
    Bag.requireMembers(in.readInt(), bag.members());
    Learner[] members = new Learner[bag.members()];
    for (int i = 0; i < members.length; i++) {
      members[i] = bag.read(i, in.readBytes());
    }
    in.end();
    for (Learner member : members) {
      if (member.examples() != members[0].examples()) {
        throw new CorruptModelException(
            "all members must have learned from %d examples, got %d"
                .formatted(members[0].examples(), member.examples()));
      }
    }
    return new OnlineBagging(members);
  }
}
