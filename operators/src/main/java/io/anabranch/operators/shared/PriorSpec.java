package io.anabranch.operators.shared;

import java.io.Serializable;

/**
 * From which shared model the new keys of another learner start.
 *
 * @param shared the shared learner, which must have been attached with this follower
 * @param follower the id of the other learner
 */
public record PriorSpec(SharedSpec shared, String follower) implements Serializable {

  /** Under which name the follower gets the weights; no learner has such an id. */
  String channel() {
    return channel(shared.learner(), follower);
  }

  static String channel(String shared, String follower) {
    return shared + " for " + follower;
  }
}
