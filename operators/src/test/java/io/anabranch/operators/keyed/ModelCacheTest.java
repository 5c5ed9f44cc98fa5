package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ModelCacheTest {
  /** Of values that take 100 us each, also when they are written at once; and a little. */
  private static final int MAY_WAIT = 350;

  @Test
  void usageExample() {
    Store store = new Store();
    ModelCache<Integer, int[]> cache = new ModelCache<>(100, store, key -> new int[1]);

    ModelCache.Entry<Integer, int[]> entry = cache.get(7);
    entry.value()[0]++;
    entry.changed();
    cache.writeBack(); // before the store is snapshot

    assertThat(store.values).isEqualTo(Map.of(7, 1));
  }

  @Property(seed = "1")
  void withAnyRoomItHoldsWhatAPlainMapHolds(
      @ForAll @Size(max = 300) List<@IntRange(min = -3, max = 12) Integer> steps,
      @ForAll @IntRange(min = 1, max = 9) int capacity) {
    Store store = new Store();
    Map<Integer, Integer> plain = new HashMap<>();
    ModelCache<Integer, int[]> cache = new ModelCache<>(capacity, store, key -> new int[1]);
    for (int step : steps) {
      if (step == -3) { // a checkpoint, then a restart on it
        cache.writeBack();
        assertThat(store.values).isEqualTo(plain);
        cache = new ModelCache<>(capacity, store, key -> new int[1]);
      } else if (step > 10) { // forgotten
        cache.remove(step - 10);
        plain.remove(step - 10);
      } else if (step < 0) { // a look only
        assertThat(cache.get(-step).value()[0]).isEqualTo(plain.getOrDefault(-step, 0));
      } else {
        ModelCache.Entry<Integer, int[]> entry = cache.get(step);
        entry.value()[0]++;
        entry.changed();
        cache.ease();
        plain.merge(step, 1, Integer::sum);
        assertThat(entry.value()[0]).isEqualTo(plain.get(step));
      }
      assertThat(cache.size()).isLessThanOrEqualTo(capacity);
    }
    cache.writeBack();
    assertThat(store.values).isEqualTo(plain);
  }

  @Test
  void onlyChangedEntriesAreWrittenAndEachOnce() {
    Store store = new Store();
    ModelCache<Integer, int[]> cache = new ModelCache<>(1, store, key -> new int[1]);
    cache.get(1);
    cache.get(2).changed();
    cache.get(3);
    cache.writeBack();
    cache.writeBack();
    assertThat(store.calls).containsExactly("load 1", "load 2", "store 2", "load 3");
  }

  @Test
  void whatWaitsForBeingWrittenBackNeverTakesLongerThanTheBudget() {
    Store store = new Store();
    long[] clock = new long[1];
    store.cost = () -> clock[0] += 100_000; // 165 may wait when each takes twice as long at once
    ModelCache<Integer, int[]> cache =
        new ModelCache<>(10_000, store, key -> new int[1], value -> 1, budget(clock));
    for (int round = 0; round < 5; round++) {
      for (int key = 0; key < 5_000; key++) {
        change(cache, key);
      }
    }
    long begun = clock[0];
    int waiting = cache.waiting();
    cache.writeBack();
    assertThat(waiting).isBetween(150, 170);
    assertThat(clock[0] - begun).isLessThanOrEqualTo(17_000_000);
    assertThat(store.values).hasSize(5_000).containsEntry(4_711, 5);
  }

  @Test
  void whatChangesAgainAndAgainIsWrittenRarely() {
    Store store = new Store();
    long[] clock = new long[1];
    store.cost = () -> clock[0] += 150_000; // 110 may wait
    ModelCache<Integer, int[]> cache =
        new ModelCache<>(10_000, store, key -> new int[1], value -> 1, budget(clock));
    for (int cold = 100; cold < 8_000; cold++) {
      change(cache, cold % 20);
      change(cache, cold);
    }
    long hot = store.calls.stream().filter(call -> call.matches("store 1?[0-9]")).count();
    assertThat(hot).isLessThan(500);
    cache.writeBack();
    assertThat(store.values).containsEntry(7_999, 1).containsEntry(19, 395);
  }

  @Test
  void aSingleSlowWriteDoesNotMakeTheOthersEarly() {
    long[] clock = new long[1];
    WriteBudget budget = budget(clock);
    for (int i = 0; i < 10_000; i++) {
      budget.write(() -> clock[0] += 50_000);
    }
    assertThat(budget.most()).isBetween(325, 335);
    budget.write(() -> clock[0] += 2_000_000_000);
    assertThat(budget.most()).isGreaterThan(310);
  }

  /** Of one who counts on a barrier at any time. */
  private static WriteBudget budget(long[] clock) {
    return new WriteBudget(() -> clock[0], () -> clock[0], new BarrierWatch(true, () -> 0));
  }

  @Test
  void whatTookLongerAtOnceThanAloneIsLessFromThenOn() {
    long[] processor = new long[1];
    long[] clock = new long[1];
    WriteBudget budget =
        new WriteBudget(() -> processor[0], () -> clock[0], new BarrierWatch(true, () -> clock[0]));
    for (int i = 0; i < 10_000; i++) {
      budget.write(() -> processor[0] += 25_000);
    }
    assertThat(budget.most()).isBetween(655, 665);
    budget.writeAll(600, () -> clock[0] += 600 * 100_000);
    assertThat(budget.most()).isBetween(325, 335);
    budget.writeAll(300, () -> clock[0] += 300 * 25_000);
    assertThat(budget.most()).isBetween(400, 410);
  }

  @Test
  void whatFitsTheHeapAndIsMoreThanMayWaitIsWrittenOnceAndALittlePerBarrier() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, true);
    for (int barrier = 0; barrier < 5; barrier++) {
      int before = store.stores();
      int changes = clocks.run(cache, 10, 10_000);
      int waiting = cache.waiting();
      clocks.barrier(cache);
      if (barrier > 1) { // before, it is not known when they come
        assertThat(waiting).isLessThanOrEqualTo(MAY_WAIT);
        assertThat(changes).isGreaterThan(500_000);
        assertThat(store.stores() - before).isBetween(5_000, changes / 20);
      }
    }
  }

  @Test
  void aBarrierThatComesLateFindsNoMore() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, true);
    for (int barrier = 0; barrier < 2; barrier++) {
      clocks.run(cache, 10, 10_000);
      clocks.barrier(cache);
    }
    clocks.run(cache, 15, 10_000);
    assertThat(cache.waiting()).isLessThanOrEqualTo(MAY_WAIT);
  }

  @Test
  void aBarrierFindsNoMoreWhenTheOneBeforeWasLate() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, true);
    for (int late : new int[] {0, 0, 4, 0, 3, 0}) {
      long before = clocks.late;
      clocks.late = late;
      clocks.run(cache, 10 + late - (int) before, 10_000);
      assertThat(cache.waiting()).isLessThanOrEqualTo(MAY_WAIT);
      clocks.barrier(cache);
    }
  }

  @Test
  void withFewRecordsItBeginsInTime() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, true);
    for (int barrier = 0; barrier < 4; barrier++) {
      clocks.run(cache, 10, 1_700_000);
      assertThat(cache.waiting()).isLessThanOrEqualTo(MAY_WAIT);
      clocks.barrier(cache);
    }
  }

  @Test
  void withoutBarriersNothingIsWrittenEarly() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, false);
    clocks.run(cache, 10, 10_000);
    assertThat(store.stores()).isZero();
    assertThat(cache.waiting()).isEqualTo(5_000);
  }

  /** A processor on which a write takes 100 us. */
  private static final class Clocks {
    /** Of the machine that triggers barriers: it goes wrong. */
    private static final long OTHER_CLOCK_MILLIS = 77_777;

    long wall;
    long processor;

    /** So many seconds after it was triggered a barrier is here. */
    long late;

    /** Changes 5,000 values in turn for a while; says how many changes there were. */
    int run(ModelCache<Integer, int[]> cache, int seconds, long nanosPerChange) {
      long end = wall + seconds * 1_000_000_000L;
      int changes = 0;
      while (wall < end) {
        wall += nanosPerChange;
        change(cache, changes++ % 5_000);
      }
      return changes;
    }

    void barrier(ModelCache<Integer, int[]> cache) {
      long triggered = wall / 1_000_000 - 1_000 * late;
      cache.beforeBarrier();
      cache.triggered(OTHER_CLOCK_MILLIS + triggered);
    }

    void write() {
      wall += 100_000;
      processor += 100_000;
    }

    ModelCache<Integer, int[]> cache(Store store, boolean checkpoints) {
      return new ModelCache<>(
          10_000,
          store,
          key -> new int[1],
          value -> 1,
          new WriteBudget(() -> processor, () -> wall, new BarrierWatch(checkpoints, () -> wall)));
    }
  }

  private static void change(ModelCache<Integer, int[]> cache, int key) {
    ModelCache.Entry<Integer, int[]> entry = cache.get(key);
    entry.value()[0]++;
    entry.changed();
    cache.ease();
  }

  @Test
  void theVictimIsStoredBeforeTheNewcomerIsLoaded() {
    Store store = new Store();
    ModelCache<Integer, int[]> cache = new ModelCache<>(2, store, key -> new int[1]);
    cache.get(1).changed();
    cache.get(2).changed();
    cache.get(3);
    assertThat(store.calls).containsExactly("load 1", "load 2", "store 1", "load 3");
  }

  @Test
  void aKeyThatComesAgainStaysWhileOthersPassThrough() {
    Store store = new Store();
    ModelCache<Integer, int[]> cache = new ModelCache<>(4, store, key -> new int[1]);
    for (int cold = 100; cold < 200; cold++) {
      cache.get(1);
      cache.get(cold);
    }
    assertThat(store.calls).containsOnlyOnce("load 1");
  }

  @Test
  void withSkewedKeysItMissesNearlyAFifthLessThanLeastRecentlyUsed() {
    int room = 1_000;
    int keys = 50_000;
    ModelCache<Integer, int[]> cache = new ModelCache<>(room, new Store(), key -> new int[1]);
    Map<Integer, Integer> recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > room;
          }
        };
    SplittableRandom random = new SplittableRandom(1);
    int recentMisses = 0;
    int unavoidable = 0;
    for (int i = 0; i < 300_000; i++) {
      // Zipf(1.1): how often a key comes is inverse to the power of its number.
      double uniform = random.nextDouble();
      int key = (int) Math.pow(1 - uniform * (1 - Math.pow(keys, -0.1)), -10);
      cache.get(key);
      recentMisses += recent.put(key, key) == null ? 1 : 0;
      unavoidable += key > room ? 1 : 0;
    }
    assertThat((double) cache.misses())
        .isBetween(unavoidable * 1.0, 0.82 * recentMisses)
        .isLessThan(1.1 * unavoidable);
  }

  @Test
  void whatWasWantedBeforeLeavesWhenOthersAreWantedNow() {
    ModelCache<Integer, int[]> cache = new ModelCache<>(100, new Store(), key -> new int[1]);
    for (int i = 0; i < 5_000; i++) {
      cache.get(i % 90);
    }
    for (int i = 0; i < 5_000; i++) {
      cache.get(1_000 + i % 90);
    }
    long before = cache.misses();
    for (int i = 0; i < 5_000; i++) {
      cache.get(1_000 + i % 90);
    }
    assertThat(cache.misses() - before).isZero();
  }

  @Test
  void heavyValuesLeaveRoomForFewer() {
    Store store = new Store();
    ModelCache<Integer, int[]> cache = weighing(store, 1_000);
    for (int key = 1; key <= 100; key++) {
      change(cache, key);
    }
    assertThat(cache.size()).isEqualTo(100);
    for (int key = 1; key <= 20; key++) {
      cache.get(key).value()[0] = 100; // known when it is written
      cache.get(key).changed();
    }
    cache.writeBack();
    assertThat(cache.weight()).isEqualTo(2_080);
    cache.get(101);
    assertThat(cache.weight()).isLessThanOrEqualTo(1_000);
    assertThat(cache.evictions()).isEqualTo(101 - cache.size());
    for (int key = 1; key <= 100; key++) {
      assertThat(cache.get(key).value()[0]).isEqualTo(key <= 20 ? 100 : 1);
      assertThat(cache.weight()).isLessThanOrEqualTo(1_000 + 100);
    }
  }

  @Test
  void valuesThatGrowLeaveAlthoughNoneIsMissed() {
    ModelCache<Integer, int[]> cache = weighing(new Store(), 1_000);
    for (int key = 1; key <= 100; key++) {
      change(cache, key);
    }
    for (int key = 1; key <= 20; key++) {
      cache.get(key).value()[0] = 100; // known when it is written
      cache.get(key).changed();
    }
    cache.writeBack();
    assertThat(cache.weight()).isEqualTo(2_080);
    for (int example = 0; example < 100; example++) {
      cache.ease();
    }
    assertThat(cache.weight()).isBetween(1L, 1_000L);
    assertThat(cache.misses()).isEqualTo(100);
  }

  @Test
  void aValueThatIsTooHeavyIsThereAlone() {
    Store store = new Store();
    ModelCache<Integer, int[]> cache = weighing(store, 10);
    store.values.put(1, 100);
    store.values.put(2, 200);
    assertThat(cache.get(1).value()[0]).isEqualTo(100);
    assertThat(cache.get(2).value()[0]).isEqualTo(200);
    assertThat(cache.size()).isEqualTo(1);
    cache.remove(2);
    assertThat(cache.weight()).isZero();
  }

  private static ModelCache<Integer, int[]> weighing(Store store, long capacity) {
    return new ModelCache<>(
        capacity,
        store,
        key -> new int[1],
        value -> Math.max(1, value[0]),
        WriteBudget.ofThread(true));
  }

  @Test
  void roomForNothingIsRefused() {
    assertThatThrownBy(() -> new ModelCache<>(0, new Store(), key -> new int[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity must be >= 1, got 0");
  }

  private static final class Store implements BackingStore<Integer, int[]> {
    final Map<Integer, Integer> values = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    Runnable cost = () -> {};

    int stores() {
      return (int) calls.stream().filter(call -> call.startsWith("store")).count();
    }

    @Override
    public Optional<int[]> load(Integer key) {
      calls.add("load " + key);
      return Optional.ofNullable(values.get(key)).map(value -> new int[] {value});
    }

    @Override
    public void store(Integer key, int[] value) {
      calls.add("store " + key);
      cost.run();
      values.put(key, value[0]);
    }

    @Override
    public void remove(Integer key) {
      calls.add("remove " + key);
      values.remove(key);
    }
  }
}
