package io.anabranch.modellog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a models topic held when it was read.
 *
 * @param learners by pipeline and learner
 * @param refusals records whose key can't be read
 */
public record ModelLog(SortedMap<Id, LearnerLog> learners, List<Refusal> refusals) {

  /** A learner of a pipeline. */
  public record Id(String pipeline, String learner) implements Comparable<Id> {
    private static final Comparator<Id> ORDER =
        Comparator.comparing(Id::pipeline).thenComparing(Id::learner);

    @Override
    public int compareTo(Id other) {
      return ORDER.compare(this, other);
    }
  }

  /** What there is of a learner, if anything. */
  public Optional<LearnerLog> learner(String pipeline, String learner) {
    return Optional.ofNullable(learners.get(new Id(pipeline, learner)));
  }
}
