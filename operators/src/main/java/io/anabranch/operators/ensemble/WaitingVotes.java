package io.anabranch.operators.ensemble;

import io.anabranch.operators.record.MemberVotes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Votes that wait for those of other members on the same example. No vote goes missing, so none
 * waits for ever; how many examples wait is bounded by how far one subtask with members can be
 * ahead of another: by the network buffers between decoding and the slowest.
 */
final class WaitingVotes {
  /** Most runs of buffers that are kept for the next examples. */
  private static final int MOST_SPARE = 64;

  private final int members;
  private final Map<Long, Run> byNumber = new HashMap<>();
  private final ArrayDeque<Run> spare = new ArrayDeque<>();
  private Run current = new Run();
  private int size;

  /** Room for votes on each example of a run, in which some wait. */
  private static final class Run {
    private final MemberVotes[] votes = new MemberVotes[VotingPlaces.RUN];
    private long number = -1;
    private long waiting;

    Run() {
      for (int i = 0; i < votes.length; i++) {
        votes[i] = new MemberVotes();
      }
    }
  }

  /** Nothing waits. */
  WaitingVotes(int members) {
    this.members = members;
  }

  /** Takes votes, and returns all there are once every member has voted: until the next call. */
  @Nullable MemberVotes add(MemberVotes votes) {
    if (votes.votes().members() == members) {
      return votes;
    }
    Run run = run(VotingPlaces.run(votes.number()));
    int at = VotingPlaces.inRun(votes.number());
    MemberVotes all = run.votes[at];
    if ((run.waiting & 1L << at) == 0) {
      run.waiting |= 1L << at;
      size++;
      all.copyFrom(votes);
      return null;
    }
    all.add(votes);
    if (all.votes().members() < members) {
      return null;
    }
    run.waiting &= ~(1L << at);
    size--;
    return all;
  }

  /** The run of a number: mostly that of the votes before. */
  private Run run(long number) {
    if (current.number == number) {
      return current;
    }
    if (current.waiting == 0) {
      byNumber.remove(current.number);
      if (spare.size() < MOST_SPARE) {
        spare.push(current);
      }
    }
    current = byNumber.computeIfAbsent(number, absent -> spare.isEmpty() ? new Run() : spare.pop());
    current.number = number;
    return current;
  }

  /** How many examples wait. */
  int size() {
    return size;
  }

  /** All that waits, live. */
  List<MemberVotes> all() {
    List<MemberVotes> all = new ArrayList<>(size);
    for (Run run : byNumber.values()) {
      for (int at = 0; at < run.votes.length; at++) {
        if ((run.waiting & 1L << at) != 0) {
          all.add(run.votes[at]);
        }
      }
    }
    return all;
  }
}
