package io.anabranch.operators.keyed;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides whose model has to go when more keys come than may have one: the clock algorithm over a
 * queue per key group. The key at the head goes, unless it was seen since it took its ticket; then
 * it takes a new one. So the work per new key is constant, nothing is on the heap but four numbers
 * per group, and which keys go does not depend on the parallelism.
 *
 * <p>Entries are dealt evenly to the groups, since a group is what moves when a job is rescaled.
 */
final class EntryCap {
  /** Bounds what one new key costs when all others were seen: then the oldest goes all the same. */
  private static final int CHANCES = 16;

  /** So many go for one that comes, while there are too many because the limit was lowered. */
  private static final int MOST_AT_ONCE = 2;

  private static final int TIDY_STEPS = 4;

  private final long entries;
  private final int groups;
  private final KeyRecords records;
  private final Consumer<String> forget;

  /**
   * A cap.
   *
   * @param entries most keys of all groups together
   * @param groups how many groups there are
   * @param forget forgets a key, and takes its ticket out of the queue and the ledger
   */
  EntryCap(long entries, int groups, KeyRecords records, Consumer<String> forget) {
    this.entries = entries;
    this.groups = groups;
    this.records = records;
    this.forget = forget;
  }

  /** How many keys of a group may have a model. */
  long room(int group) {
    return Math.max(1, entries / groups + (group < entries % groups ? 1 : 0));
  }

  /** Makes room for a key that gets a model, and queues it. */
  KeyLife enter(String key, GroupLedger ledger, long base) {
    for (int i = 0; i < MOST_AT_ONCE && ledger.entries() >= room(ledger.group()); i++) {
      evict(ledger);
    }
    tidy(ledger);
    return enroll(key, ledger, base);
  }

  /** Queues a key that has a model already. */
  KeyLife enroll(String key, GroupLedger ledger, long base) {
    ledger.entered();
    return queue(key, ledger, new KeyLife(KeyLife.NOT_QUEUED, false, base));
  }

  /** Notes that a key was seen. */
  KeyLife seen(String key, KeyLife life) {
    if (life.used() || !life.queued()) {
      return life;
    }
    KeyLife used = new KeyLife(life.ticket(), true, life.base());
    records.life(key, used);
    return used;
  }

  private void evict(GroupLedger ledger) {
    int chances = CHANCES;
    while (ledger.tickets() > 0) {
      Optional<String> first = records.take(ledger.group(), ledger.takeFirst());
      if (first.isEmpty()) {
        continue; // it left: expired
      }
      KeyLife life = known(first.get());
      if (!life.used() || chances == 0) {
        forget.accept(first.get());
        return;
      }
      chances--;
      queue(first.get(), ledger, new KeyLife(life.ticket(), false, life.base()));
    }
  }

  /** Keeps tickets of keys that left from piling up behind one that stays. */
  private void tidy(GroupLedger ledger) {
    for (int i = 0; i < TIDY_STEPS && ledger.tickets() > 2 * ledger.entries() + TIDY_STEPS; i++) {
      records
          .take(ledger.group(), ledger.takeFirst())
          .ifPresent(key -> queue(key, ledger, known(key)));
    }
  }

  private KeyLife known(String key) {
    return records
        .life(key)
        .orElseThrow(
            () -> new IllegalStateException("key '" + key + "' is queued and has no state"));
  }

  private KeyLife queue(String key, GroupLedger ledger, KeyLife life) {
    KeyLife queued = new KeyLife(ledger.append(), life.used(), life.base());
    records.put(ledger.group(), queued.ticket(), key);
    records.life(key, queued);
    return queued;
  }
}
