package io.anabranch.operators.ensemble;

import io.anabranch.operators.record.MemberVotes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Votes that wait for those of other members on the same example. No vote goes missing, so none
 * waits for ever; how many examples wait is bounded by how far one subtask with members can be
 * ahead of another: by the network buffers between decoding and the slowest.
 */
final class WaitingVotes {
  /** Most buffers that are kept for the next examples. */
  private static final int MOST_SPARE = 4_096;

  private final int members;
  private final Map<Long, MemberVotes> byNumber = new HashMap<>();
  private final ArrayDeque<MemberVotes> spare = new ArrayDeque<>();

  /** Nothing waits. */
  WaitingVotes(int members) {
    this.members = members;
  }

  /** Takes votes, and returns all there are once every member has voted: until the next call. */
  @Nullable MemberVotes add(MemberVotes votes) {
    if (votes.votes().members() == members) {
      return votes;
    }
    MemberVotes waiting = byNumber.get(votes.number());
    if (waiting == null) {
      waiting = spare.isEmpty() ? new MemberVotes() : spare.pop();
      waiting.copyFrom(votes);
      byNumber.put(votes.number(), waiting);
      return null;
    }
    waiting.add(votes);
    if (waiting.votes().members() < members) {
      return null;
    }
    byNumber.remove(votes.number());
    if (spare.size() < MOST_SPARE) {
      spare.push(waiting);
    }
    return waiting;
  }

  /** How many examples wait. */
  int size() {
    return byNumber.size();
  }

  /** All that waits, live. */
  Collection<MemberVotes> all() {
    return byNumber.values();
  }
}
