package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Learner;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.record.MemberVotes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members that live in one subtask, in the order of their numbers. */
final class Members {
  private final Ensemble ensemble;
  private final int[] keys;
  private final int[] numbers;
  private final List<Learner> learners = new ArrayList<>();
  private final Prediction prediction = new Prediction();

  /** State that belongs to the key of a member. */
  interface Store {

    /** What was last written; null before that. */
    byte @Nullable [] read(int key) throws Exception;

    /** Takes a member's bytes. */
    void write(int key, int member, long examples, byte[] bytes) throws Exception;
  }

  /** The members of a subtask, read from state or made. */
  Members(Ensemble ensemble, int subtask, int subtasks, Store store) throws Exception {
    this.ensemble = ensemble;
    int[] all = ShardKeys.of(ensemble.members());
    numbers = new int[all.length];
    keys = new int[all.length];
    int own = 0;
    for (int member = 0; member < all.length; member++) {
      if (ShardKeys.subtaskOf(all[member], subtasks) == subtask) {
        numbers[own] = member;
        keys[own++] = all[member];
        byte[] bytes = store.read(all[member]);
        learners.add(bytes == null ? ensemble.create(member) : ensemble.read(member, bytes));
      }
    }
  }

  /** How many there are. */
  int count() {
    return learners.size();
  }

  /** Whether the first of all members is here. */
  boolean hasFirst() {
    return !learners.isEmpty() && numbers[0] == 0;
  }

  /** Lets all members vote. */
  void predict(Example example, MemberVotes into) {
    for (int i = 0; i < learners.size(); i++) {
      Learner learner = learners.get(i);
      into.learnedFrom(learner.examples());
      learner.predict(example, prediction);
      into.votes().add(prediction);
    }
  }

  /** Lets all members learn. */
  void learn(Example example) {
    for (int i = 0; i < learners.size(); i++) {
      learners.get(i).learn(example);
    }
  }

  /** Writes all members. */
  void write(Store store) throws Exception {
    for (int i = 0; i < learners.size(); i++) {
      Learner learner = learners.get(i);
      store.write(keys[i], numbers[i], learner.examples(), ensemble.write(learner));
    }
  }
}
