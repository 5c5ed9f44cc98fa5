package io.anabranch.operators.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Weights on their way from a receiver to the trainer in the same JVM. Of each shard a few messages
 * are kept as they came, which costs nothing; when more arrive than the trainer takes up they are
 * merged, the newest value of each coordinate winning, so that the mailbox never grows beyond a
 * small multiple of the model. Of the model of a split key the newest message is kept.
 */
public final class ConflatingMailbox {
  private static final int UNMERGED = 4;

  private Map<Integer, ArrayDeque<WeightsMessage.Truth>> truths = new LinkedHashMap<>();
  private Map<String, WeightsMessage.KeyTruth> models = new LinkedHashMap<>();
  private List<WeightsMessage.AllSent> markers = new ArrayList<>();
  private Runnable wake = () -> {};
  private boolean listening;
  private boolean woken;
  private boolean closed;
  private long conflated;

  /** See {@link FeedbackChannel#put}. */
  public synchronized void put(WeightsMessage message) {
    if (closed) {
      return;
    }
    if (message instanceof WeightsMessage.Truth truth) {
      ArrayDeque<WeightsMessage.Truth> queue =
          truths.computeIfAbsent(truth.shard(), shard -> new ArrayDeque<>(UNMERGED));
      WeightsMessage.Truth last = truth;
      if (queue.size() == UNMERGED) {
        last = truth.over(queue.removeLast());
        conflated++;
      }
      queue.addLast(last);
    } else if (message instanceof WeightsMessage.KeyTruth model) {
      conflated += models.put(model.key(), model) == null ? 0 : 1;
    } else if (message instanceof WeightsMessage.AllSent marker) {
      markers.add(marker);
    }
    notifyAll();
    wakeOnce();
  }

  /** See {@link FeedbackChannel#listen}. */
  public synchronized void listen(Runnable wake) {
    this.wake = wake;
    listening = true;
    if (hasMail()) {
      wakeOnce();
    }
  }

  private void wakeOnce() {
    if (listening && !woken) {
      woken = true;
      try {
        wake.run();
      } catch (RejectedExecutionException trainerIsDone) {
        // Its input has ended: it predicts nothing any more, so it needs no weights.
        close();
      }
    }
  }

  /** See {@link FeedbackChannel#takeUp}. */
  public void takeUp(Consumer<WeightsMessage> trainer) {
    Map<Integer, ArrayDeque<WeightsMessage.Truth>> takenTruths;
    Map<String, WeightsMessage.KeyTruth> takenModels;
    List<WeightsMessage.AllSent> takenMarkers;
    synchronized (this) {
      woken = false;
      takenTruths = truths;
      takenModels = models;
      takenMarkers = markers;
      truths = new LinkedHashMap<>();
      models = new LinkedHashMap<>();
      markers = new ArrayList<>();
    }
    for (ArrayDeque<WeightsMessage.Truth> queue : takenTruths.values()) {
      // Each is let go once it was taken up: together they can be as large as the model.
      while (!queue.isEmpty()) {
        trainer.accept(queue.removeFirst());
      }
    }
    takenModels.values().forEach(trainer);
    takenMarkers.forEach(trainer);
  }

  /** See {@link FeedbackChannel#await}. */
  public synchronized void await(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (left > 0 && !hasMail() && !closed) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  private boolean hasMail() {
    return !truths.isEmpty() || !models.isEmpty() || !markers.isEmpty();
  }

  /** Drops what is left; whatever is put from now on is dropped too. */
  public synchronized void close() {
    closed = true;
    truths.clear();
    models.clear();
    markers.clear();
    wake = () -> {};
    notifyAll();
  }

  /** See {@link FeedbackChannel#conflated}. */
  public synchronized long conflated() {
    return conflated;
  }
}
