package io.anabranch.models.ensemble;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.tree.HoeffdingTreeProvider;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The members of a bag of Hoeffding trees. The serialized state of a member, version 1: how many
 * members there are, its number, and its tree as one byte string.
 */
final class Bag implements Ensemble {
  static final String MEMBER = OnlineBaggingProvider.TYPE + "-member";
  static final int VERSION = 1;

  /** The bytes of a tree when nothing else is said: ten of them still fit into one record. */
  static final long DEFAULT_MEMORY = 400_000;

  static final String MEMORY = "memory";

  private static final long serialVersionUID = 1;
  private static final HoeffdingTreeProvider TREES = new HoeffdingTreeProvider();

  private final LearnerSettings settings;
  private final int members;

  Bag(LearnerSettings settings) {
    Map<String, Serializable> hyper = new HashMap<>(settings.hyper());
    hyper.putIfAbsent(MEMORY, DEFAULT_MEMORY);
    this.settings =
        new LearnerSettings(settings.target(), settings.hashBits(), hyper, settings.seed());
    members = OnlineBagging.members(settings);
  }

  @Override
  public int members() {
    return members;
  }

  @Override
  public Learner create(int member) {
    return new BaggedMember(member, settings.seed(), TREES.create(settings));
  }

  @Override
  public byte[] write(Learner member) {
    return write(members, member);
  }

  static byte[] write(int members, Learner learner) {
    BaggedMember member = (BaggedMember) learner;
    ModelWriter out = new ModelWriter(MEMBER, VERSION);
    out.writeInt(members);
    out.writeInt(member.number());
    out.writeBytes(TREES.write(member.base()));
    return out.finish();
  }

  @Override
  public Learner read(int member, byte[] bytes) {
    ModelReader in = ModelReader.open(bytes, MEMBER, VERSION);
    requireMembers(in.readInt(), members);
    int number = in.readInt();
    if (number != member) {
      throw new CorruptModelException(
          "the number of the member must be %d, got %d".formatted(member, number));
    }
    Learner tree = TREES.read(in.readBytes(), settings);
    in.end();
    return new BaggedMember(member, settings.seed(), tree);
  }

  static void requireMembers(int found, int members) {
    if (found != members) {
      throw new CorruptModelException(
          "members must be %d as in the settings, got %d".formatted(members, found));
    }
  }
}
