package io.anabranch.operators.record;

import io.anabranch.models.ensemble.Votes;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Votes on their way to where they are counted, and while they wait there for others. */
final class MemberVotesSerializer extends BufferSerializer<MemberVotes> {
  static final MemberVotesSerializer INSTANCE = new MemberVotesSerializer();

  private static final int IDENTIFIED = 1;
  private static final int BINARY = 2;
  private static final int DECIDED = 4;
  private static final int LABELLED = 8;

  @Override
  public MemberVotes createInstance() {
    return new MemberVotes();
  }

  @Override
  public MemberVotes copy(MemberVotes from, MemberVotes reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public void serialize(MemberVotes element, DataOutputView target) throws IOException {
    Votes votes = element.votes();
    target.writeByte(
        (element.identified() ? IDENTIFIED : 0)
            | (votes.binary() ? BINARY : 0)
            | (votes.decided() ? DECIDED : 0)
            | (element.labelled() ? LABELLED : 0));
    target.writeInt(element.place());
    target.writeLong(element.number());
    target.writeLong(element.version());
    Wire.writeCount(votes.members(), target);
    Wire.writeCount(votes.classes(), target);
    for (int i = 0; i < votes.classes(); i++) {
      if (!votes.binary()) {
        Wire.writeText(votes.className(i), target);
      }
      target.writeLong(votes.share(i));
    }
    if (element.identified()) {
      Wire.writeText(element.id(), target);
      Wire.writeText(element.key(), target);
      target.writeLong(element.time());
    }
    if (element.identified() && element.labelled()) {
      Wire.writeText(element.label(), target);
      target.writeDouble(element.target());
    }
  }

  @Override
  public MemberVotes deserialize(MemberVotes reuse, DataInputView source) throws IOException {
    int flags = source.readUnsignedByte();
    boolean binary = (flags & BINARY) != 0;
    reuse.begin(source.readInt(), source.readLong());
    reuse.learnedFrom(source.readLong());
    Votes votes = reuse.votes();
    votes.restore(Wire.readCount(source), binary, (flags & DECIDED) != 0);
    for (int left = Wire.readCount(source); left > 0; left--) {
      votes.addClass(binary ? "" : Wire.readText(source), source.readLong());
    }
    if ((flags & IDENTIFIED) != 0) {
      reuse.identify(Wire.readText(source), Wire.readText(source), source.readLong());
      boolean labelled = (flags & LABELLED) != 0;
      reuse.label(
          labelled, labelled ? Wire.readText(source) : "", labelled ? source.readDouble() : 0);
    }
    return reuse;
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MemberVotes> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  @Override
  public Snapshot snapshotConfiguration() {
    return new Snapshot();
  }
}
