package io.anabranch.operators.keyed;

import io.anabranch.operators.keyed.Chain.Link;
import io.anabranch.operators.keyed.EvictionOrder.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A bounded heap cache over slower state: changed entries are written back when they are evicted
 * and when {@link #writeBack} is called, which must be before each snapshot of that state. So that
 * this never takes long, {@link #ease} writes back what changed first and not again since, when a
 * barrier is near.
 *
 * <p>Which entry has to go is decided by an {@link EvictionOrder}. Values have weights, which
 * together may be as much as the capacity and a little more: one that grows is weighed when it is
 * written. Not thread-safe.
 *
 * @param <K> a key with {@code equals} and {@code hashCode}
 * @param <V> a mutable value
 */
public final class ModelCache<K, V> {
  /** Bounds the search for an entry that did not change again. */
  private static final int CHANCES = 4;

  /** Bounds what one record pays when the budget shrinks. */
  private static final int MOST_AT_ONCE = 2;

  private final long capacity;
  private final BackingStore<K, V> store;
  private final Function<K, V> fresh;
  private final ToLongFunction<V> weigher;
  private final Map<K, Entry<K, V>> byKey;
  private final EvictionOrder<K, Entry<K, V>> order;
  private final Chain<Entry<K, V>> changed = new Chain<>();
  private final WriteBudget budget;
  private long weight;
  private long hits;
  private long misses;
  private long evictions;

  /**
   * An empty cache.
   *
   * @param capacity most values on the heap, at least 1
   * @param store where the others are
   * @param fresh makes the value of a key that was never stored
   */
  public ModelCache(long capacity, BackingStore<K, V> store, Function<K, V> fresh) {
    this(capacity, store, fresh, value -> 1, WriteBudget.ofThread(0));
  }

  /**
   * One that knows of weights and of barriers.
   *
   * @param weigher the weight of a value, at least 1
   */
  ModelCache(
      long capacity,
      BackingStore<K, V> store,
      Function<K, V> fresh,
      ToLongFunction<V> weigher,
      WriteBudget budget) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be >= 1, got " + capacity);
    }
    this.capacity = capacity;
    this.store = store;
    this.fresh = fresh;
    this.weigher = weigher;
    this.budget = budget;
    byKey = new HashMap<>();
    order = new EvictionOrder<>(capacity);
  }

  /** The entry of a key, loaded or made when needed; to be used before the next call only. */
  public Entry<K, V> get(K key) {
    Entry<K, V> entry = byKey.get(key);
    if (entry == null) {
      misses++;
      return admit(key);
    }
    hits++;
    entry.place.hit();
    return entry;
  }

  /** Writes all changed entries back; they stay on the heap. */
  public void writeBack() {
    for (Entry<K, V> entry = changed.first(); entry != null; entry = changed.first()) {
      writeBack(entry);
    }
  }

  /** Does so before a barrier. */
  void beforeBarrier() {
    budget.writeAll(changed.size(), this::writeBack);
  }

  /** Says when the barrier was triggered that was here last. */
  void triggered(long millis) {
    budget.triggered(millis);
  }

  /**
   * Lets a few entries go when all have become too heavy together, though none was missing, and
   * writes a few changed ones back when more wait for a near barrier than it should find.
   */
  public void ease() {
    for (int i = 0; i < MOST_AT_ONCE && weight > capacity && order.size() > 1; i++) {
      evict();
    }
    boolean time = budget.isTime(changed.size());
    if (budget.isSoon()) {
      store.barrierNear(budget.untilBarrier());
    }
    if (!time) {
      return;
    }
    int most = budget.most();
    int chances = CHANCES;
    int writes = 0;
    for (Entry<K, V> entry = changed.first();
        entry != null && changed.size() > most && writes < MOST_AT_ONCE;
        entry = changed.first()) {
      if (entry.changedAgain && chances > 0) {
        chances--;
        entry.changedAgain = false;
        changed.remove(entry.change);
        changed.add(entry.change);
      } else {
        writeBack(entry);
        writes++;
      }
    }
  }

  /** How many values wait for being written back. */
  public int waiting() {
    return changed.size();
  }

  /** Forgets the value of a key, changed or not, on the heap and in the store. */
  public void remove(K key) {
    Entry<K, V> entry = byKey.get(key);
    if (entry != null) {
      forgetChange(entry);
      order.remove(entry.place);
      drop(entry);
    }
    store.remove(key);
  }

  /** The value of a key if it is on the heap; asking changes nothing. */
  public Optional<V> onHeap(K key) {
    return Optional.ofNullable(byKey.get(key)).map(Entry::value);
  }

  /** How many values are on the heap. */
  public int size() {
    return order.size();
  }

  /** What the values on the heap weigh together. */
  public long weight() {
    return weight;
  }

  /** How often a value was asked for that was on the heap. */
  public long hits() {
    return hits;
  }

  /** How often a value was asked for that was not. */
  public long misses() {
    return misses;
  }

  /** How many values left the heap for others. */
  public long evictions() {
    return evictions;
  }

  private Entry<K, V> admit(K key) {
    // Victims leave before the newcomer is loaded: the store may have a current key, and the
    // caller expects it to be the newcomer's afterwards. How much it weighs is not known yet; as
    // much as the others is a good guess.
    while (order.size() > 0 && weight + weight / order.size() > capacity) {
      evict();
    }
    Entry<K, V> entry = new Entry<>(this, key, store.load(key).orElseGet(() -> fresh.apply(key)));
    order.add(entry.place);
    byKey.put(key, entry);
    weigh(entry);
    return entry;
  }

  private void evict() {
    Entry<K, V> victim = order.next();
    writeBack(victim);
    evictions++;
    drop(victim);
  }

  /** Takes an entry off the heap that is in the order no more. */
  private void drop(Entry<K, V> entry) {
    byKey.remove(entry.place.key());
    weight -= entry.place.weight();
  }

  private void weigh(Entry<K, V> entry) {
    long now = weigher.applyAsLong(entry.value);
    weight += now - entry.place.weight();
    order.weigh(entry.place, now);
  }

  private void writeBack(Entry<K, V> entry) {
    if (entry.changed) {
      budget.write(() -> store.store(entry.place.key(), entry.value));
      forgetChange(entry);
      weigh(entry);
    }
  }

  private void forgetChange(Entry<K, V> entry) {
    if (entry.changed) {
      entry.changed = false;
      entry.changedAgain = false;
      changed.remove(entry.change);
    }
  }

  /** A value on the heap and what the cache knows of it. */
  public static final class Entry<K, V> {
    private final ModelCache<K, V> cache;
    private final V value;
    private final Place<K, Entry<K, V>> place;
    private final Link<Entry<K, V>> change;
    private boolean changed;
    private boolean changedAgain;

    private Entry(ModelCache<K, V> cache, K key, V value) {
      this.cache = cache;
      this.value = value;
      place = new Place<>(key, this);
      change = new Link<>(this);
    }

    /** The value. */
    public V value() {
      return value;
    }

    /** Says that the value was changed and has to be written back. */
    public void changed() {
      if (changed) {
        changedAgain = true;
      } else {
        changed = true;
        cache.changed.add(change);
        cache.weigh(this); // what it was made of, if it was made just now
      }
    }
  }
}
