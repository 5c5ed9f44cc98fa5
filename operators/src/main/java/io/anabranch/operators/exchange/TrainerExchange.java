package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One trainer's side of the exchange: numbers and remembers the deltas it ships, and takes up
 * weights so that the replica's view stays <em>truth + own deltas that the truth does not include
 * yet + own pending changes</em>.
 */
public final class TrainerExchange {
  private static final CoordinateBatch NOTHING = new CoordinateBatch(0, 0);

  private final SharedLearner learner;
  private final int trainer;
  private final long epoch;
  private final ShardLink[] links;
  private final CoordinateBatch[] drained;
  private final Freshness freshness;
  private final @Nullable Admission admission;

  private boolean greeted;
  private boolean held;
  private long pendingExamples;
  private long pendingIdentities;
  private long learned;
  private int unacknowledged;
  private int lagging;

  private final BitSet allSent = new BitSet();
  private boolean complete;
  private long version;
  private long globalExamples;
  private long acknowledgedExamples;
  private long examplesBehind;

  /**
   * An exchange in which nothing was shipped or taken up.
   *
   * @param learner the replica
   * @param trainer the index of this trainer
   * @param epoch this run of the job
   */
  public TrainerExchange(SharedLearner learner, int trainer, long epoch) {
    this(learner, trainer, epoch, null, System::nanoTime, nanos -> {});
  }

  /**
   * The same, measured.
   *
   * @param admission what the replica may learn; null when it learns all
   * @param nanoClock nanoseconds of anything
   * @param fresh is told how many of them each shipment took until weights that contain it were
   *     taken up
   */
  public TrainerExchange(
      SharedLearner learner,
      int trainer,
      long epoch,
      @Nullable Admission admission,
      LongSupplier nanoClock,
      LongConsumer fresh) {
    this.learner = learner;
    this.trainer = trainer;
    this.epoch = epoch;
    this.admission = admission;
    freshness = new Freshness(nanoClock, fresh);
    ExchangeShape shape = learner.shape();
    links = new ShardLink[shape.shards()];
    drained = new CoordinateBatch[shape.shards()];
    for (int shard = 0; shard < links.length; shard++) {
      links[shard] = new ShardLink();
      drained[shard] = new CoordinateBatch(shape.deltaWidth(), shape.statisticsWidth());
    }
  }

  /** What connects this trainer with one shard. */
  private static final class ShardLink {
    final ArrayDeque<DeltaMessage> unacknowledged = new ArrayDeque<>();
    long sequence;
    long version;
  }

  /** Counts an example that the replica learned. */
  public void learned(String id) {
    if (pendingExamples++ == 0) {
      freshness.began();
    }
    pendingIdentities += DeltaMessage.identity(id);
    learned++;
  }

  /**
   * Ships all pending changes, if there are any. The first shipment reaches every shard, whether it
   * holds changes or not: from then on all of them know that this trainer is active.
   *
   * @param awaited whether the trainer is going to wait for acknowledgements
   */
  public void ship(boolean awaited, Consumer<DeltaMessage> out) {
    ship(awaited, 0, out);
  }

  /**
   * Ships the largest of the pending changes. When nothing was learned since the last shipment,
   * what was held back follows whole.
   *
   * @param awaited whether the trainer is going to wait for acknowledgements
   * @param hold the fraction of the changes that is held back, from 0 to below 1
   */
  public void ship(boolean awaited, double hold, Consumer<DeltaMessage> out) {
    if (pendingExamples == 0 && !held) {
      return;
    }
    held = hold > 0 && pendingExamples > 0;
    if (held) {
      learner.drain(drained, hold);
    } else {
      learner.drain(drained);
    }
    CoordinateBatch @Nullable [] occurred = admission == null ? null : admission.takeOccurrences();
    for (int shard = 0; shard < links.length; shard++) {
      CoordinateBatch changes = drained[shard];
      boolean counts = shard == DeltaMessage.COUNTING_SHARD;
      CoordinateBatch occurrences = occurred == null ? NOTHING : occurred[shard];
      if (changes.isEmpty() && occurrences.isEmpty() && !counts && greeted) {
        continue;
      }
      ShardLink link = links[shard];
      DeltaMessage delta =
          new DeltaMessage(
              epoch,
              shard,
              trainer,
              ++link.sequence,
              awaited,
              counts ? pendingExamples : 0,
              counts ? pendingIdentities : 0,
              changes,
              occurrences);
      drained[shard] = new CoordinateBatch(changes.width(), changes.statisticsWidth());
      link.unacknowledged.addLast(delta);
      unacknowledged++;
      lagging += link.unacknowledged.size() == 2 ? 1 : 0;
      out.accept(delta);
    }
    freshness.shipped(!held);
    greeted = true;
    pendingExamples = 0;
    pendingIdentities = 0;
  }

  /**
   * Takes up a message.
   *
   * @throws IllegalStateException when it is of another epoch, or acknowledges a delta that was
   *     never sent
   */
  public void apply(WeightsMessage message) {
    if (message.epoch() != epoch) {
      throw new IllegalStateException(
          "weights of epoch " + message.epoch() + " must not reach a trainer of epoch " + epoch);
    }
    if (message instanceof WeightsMessage.AllSent marker) {
      allSent.set(marker.sender());
      complete = allSent.cardinality() == marker.senders();
    } else if (message instanceof WeightsMessage.Truth truth) {
      apply(truth);
    }
  }

  private void apply(WeightsMessage.Truth message) {
    ShardLink link = links[message.shard()];
    forgetIncluded(link, message);
    if (!message.gone().isEmpty()) {
      learner.forget(message.gone());
      reapply(link, message.gone());
    }
    if (!message.truth().isEmpty()) {
      learner.overwrite(message.truth());
      reapply(link, message.truth());
    }
    if (admission != null) {
      admission.take(message);
    }
    if (message.shard() == DeltaMessage.COUNTING_SHARD) {
      learner.examples(message.examples());
      examplesBehind = Math.max(0, message.examples() - globalExamples - acknowledgedExamples);
      globalExamples = message.examples();
      acknowledgedExamples = 0;
    }
    if (link.version != message.version()) {
      link.version = message.version();
      version = oldestVersion();
    }
  }

  private void reapply(ShardLink link, CoordinateBatch overwritten) {
    for (DeltaMessage own : link.unacknowledged) {
      learner.reapply(own.changes(), overwritten);
    }
  }

  private void forgetIncluded(ShardLink link, WeightsMessage.Truth message) {
    long included = message.acknowledged(trainer);
    if (included > link.sequence) {
      throw new IllegalStateException(
          "shard "
              + message.shard()
              + " acknowledges delta "
              + included
              + " of trainer "
              + trainer
              + ", which has sent "
              + link.sequence);
    }
    int before = link.unacknowledged.size();
    while (!link.unacknowledged.isEmpty()
        && link.unacknowledged.getFirst().sequence() <= included) {
      acknowledgedExamples += link.unacknowledged.removeFirst().examples();
      unacknowledged--;
      if (message.shard() == DeltaMessage.COUNTING_SHARD) { // the one that every shipment reaches
        freshness.included();
      }
    }
    lagging -= before > 1 && link.unacknowledged.size() <= 1 ? 1 : 0;
  }

  private long oldestVersion() {
    long oldest = Long.MAX_VALUE;
    for (ShardLink link : links) {
      oldest = Math.min(oldest, link.version);
    }
    return oldest;
  }

  /** Whether every shard subtask has sent all it held when it started. */
  public boolean complete() {
    return complete;
  }

  /** Whether more than one delta to some shard is unacknowledged. */
  public boolean lagging() {
    return lagging > 0;
  }

  /** The newest version of the model that all shards' weights in the replica contain; 0 = none. */
  public long version() {
    return version;
  }

  /**
   * How many examples this trainer has seen: its own, or its share of the model's history if that
   * is more.
   *
   * @param trainers how many trainers there are
   */
  public long seen(int trainers) {
    return Math.max(learned, globalExamples / trainers);
  }

  /** Deltas that are not acknowledged yet, in all shards together. */
  public int unacknowledged() {
    return unacknowledged;
  }

  /** How old the oldest example learned here is that the weights do not contain; 0 when all are. */
  public long stalenessNanos() {
    return freshness.stalenessNanos();
  }

  /**
   * How many examples learned elsewhere the last weights brought: how far behind this replica was
   * just before.
   */
  public long examplesBehind() {
    return examplesBehind;
  }
}
