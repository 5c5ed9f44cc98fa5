package io.anabranch.operators.keyed;

import io.anabranch.operators.exchange.WeightsMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * When the model of a split key is sent to its helpers, and which of their deltas it includes.
 * Models of sums change by less the more they know, so one is sent when it has learned another
 * hundredth, and after a second of deltas at most, so that helpers need not keep many. Of this run
 * of the job only, and no part of its state. Memory: O(keys that helpers spoke of lately ×
 * helpers).
 */
final class KeyPublications {
  static final long LONGEST_MILLIS = 1_000;
  static final long FORGET_MILLIS = 60_000;

  private static final long GROWTH = 100;

  private final long epoch;
  private final Map<String, Published> byKey = new HashMap<>();
  private long lastLook;

  private static final class Published {
    private long[] acknowledged = new long[0];
    private long examples;
    private long sent;
    private long heard;
    private boolean asked;

    private void include(KeyDelta delta) {
      if (delta.helper() >= acknowledged.length) {
        acknowledged = Arrays.copyOf(acknowledged, delta.helper() + 1);
      }
      acknowledged[delta.helper()] = delta.sequence();
    }
  }

  /** Nothing was sent in this epoch. */
  KeyPublications(long epoch) {
    this.epoch = epoch;
  }

  /**
   * Notes that a delta was added to the model of its key.
   *
   * @param examples of the model
   * @return whether the model is to be sent
   */
  boolean include(KeyDelta delta, long examples, long nowMillis) {
    if (delta.epoch() != epoch) {
      return false; // out of an unaligned checkpoint: whoever sent it is gone
    }
    if (delta.seen()) {
      Published known = byKey.get(delta.key());
      if (known != null) {
        known.heard = nowMillis; // its helpers go on counting on what was acknowledged
      }
      return false;
    }
    forgetSilent(nowMillis);
    Published key = byKey.computeIfAbsent(delta.key(), made -> new Published());
    key.include(delta);
    key.heard = nowMillis;
    key.asked |= delta.examples() == 0;
    return key.asked
        || examples * GROWTH >= key.examples * (GROWTH + 1)
        || nowMillis - key.sent >= LONGEST_MILLIS;
  }

  /** The message that sends a model of so many examples. */
  WeightsMessage.KeyTruth send(
      String name, long base, long examples, byte[] bytes, long nowMillis) {
    Published key = byKey.computeIfAbsent(name, made -> new Published());
    key.asked = false;
    key.examples = examples;
    key.sent = nowMillis;
    return new WeightsMessage.KeyTruth(epoch, name, base, key.acknowledged.clone(), bytes);
  }

  /** Helpers forget a key much sooner. */
  private void forgetSilent(long nowMillis) {
    if (nowMillis - lastLook >= FORGET_MILLIS) {
      lastLook = nowMillis;
      byKey.values().removeIf(key -> nowMillis - key.heard >= FORGET_MILLIS);
    }
  }

  /** How many keys helpers spoke of lately. */
  int size() {
    return byKey.size();
  }
}
