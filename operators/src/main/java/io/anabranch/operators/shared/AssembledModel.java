package io.anabranch.operators.shared;

import io.anabranch.models.learner.SharedLearner;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.WeightsMessage;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A whole model, put together from what the shards publish. Like a trainer's replica it is a cache:
 * after a restart the shards publish everything again.
 */
final class AssembledModel {
  private final SharedLearner replica;
  private final long[] versions;
  private final BitSet allSent = new BitSet();
  private boolean complete;
  private boolean news;

  /** A model of which nothing has come yet. */
  AssembledModel(SharedLearner replica) {
    this.replica = replica;
    versions = new long[replica.shape().shards()];
  }

  /** Takes a message of the present run. */
  void take(WeightsMessage message) {
    if (message instanceof WeightsMessage.AllSent marker) {
      allSent.set(marker.sender());
      complete = allSent.cardinality() == marker.senders();
    } else if (message instanceof WeightsMessage.Truth truth) {
      take(truth);
    }
  }

  private void take(WeightsMessage.Truth truth) {
    if (!truth.gone().isEmpty()) {
      replica.forget(truth.gone());
      news = true;
    }
    if (!truth.truth().isEmpty()) {
      replica.overwrite(truth.truth());
      news = true;
    }
    if (truth.shard() == DeltaMessage.COUNTING_SHARD) {
      news |= replica.examples() != truth.examples();
      replica.examples(truth.examples());
    }
    versions[truth.shard()] = truth.version();
  }

  /** Whether all has come that the shards held when they started. */
  boolean complete() {
    return complete;
  }

  /** Whether something changed since this was asked last. */
  boolean takeNews() {
    boolean changed = news;
    news = false;
    return changed;
  }

  /** The newest version that all of it contains; 0 = none. */
  long version() {
    return Arrays.stream(versions).min().orElse(0);
  }

  SharedLearner replica() {
    return replica;
  }
}
