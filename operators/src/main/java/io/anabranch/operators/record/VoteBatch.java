package io.anabranch.operators.record;

/**
 * What the members in one subtask say of several examples whose votes are counted at one place, on
 * its way there. A reused buffer: whoever keeps one copies it.
 */
public final class VoteBatch extends WrittenBatch<MemberVotes> {

  /** No votes. */
  public VoteBatch() {
    super(MemberVotesSerializer.INSTANCE);
  }

  /** Forgets all votes, and begins with others, which are counted at this place. */
  public void begin(int place) {
    beginAs(place);
  }

  /** The key by which all votes on each of the examples meet. */
  public int place() {
    return (int) label();
  }
}
