package io.anabranch.operators.record;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/** Votes on several examples on their way to where they are counted. */
final class VoteBatchSerializer extends BatchSerializer<MemberVotes, VoteBatch> {
  static final VoteBatchSerializer INSTANCE = new VoteBatchSerializer();

  @Override
  public VoteBatch createInstance() {
    return new VoteBatch();
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<VoteBatch> {
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
