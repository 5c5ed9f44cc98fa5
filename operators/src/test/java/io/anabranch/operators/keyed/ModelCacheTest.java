package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ModelCacheTest {

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
    store.cost = () -> clock[0] += 100_000; // of 50 ms: 500 may wait
    WriteBudget budget = budget(clock);
    ModelCache<Integer, int[]> cache =
        new ModelCache<>(10_000, store, key -> new int[1], value -> 1, budget);
    for (int round = 0; round < 5; round++) {
      for (int key = 0; key < 5_000; key++) {
        change(cache, key);
      }
    }
    long begun = clock[0];
    int waiting = cache.waiting();
    cache.writeBack();
    assertThat(waiting).isBetween(450, 510);
    assertThat(clock[0] - begun).isLessThanOrEqualTo(51_000_000);
    assertThat(store.values).hasSize(5_000).containsEntry(4_711, 5);
  }

  @Test
  void whatChangesAgainAndAgainIsWrittenRarely() {
    Store store = new Store();
    long[] clock = new long[1];
    store.cost = () -> clock[0] += 500_000; // 100 may wait
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
    assertThat(budget.most()).isBetween(990, 1_010);
    budget.write(() -> clock[0] += 2_000_000_000);
    assertThat(budget.most()).isGreaterThan(950);
  }

  /** Of one who counts on a barrier at any time. */
  private static WriteBudget budget(long[] clock) {
    return new WriteBudget(() -> clock[0], new BarrierWatch(true, () -> 0));
  }

  @Test
  void whatFitsTheHeapAndIsMoreThanMayWaitIsWrittenOnceAndALittlePerBarrier() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write; // 500 may wait
    ModelCache<Integer, int[]> cache = clocks.cache(store, true);
    for (int barrier = 0; barrier < 5; barrier++) {
      int before = store.stores();
      int changes = clocks.run(cache, 10, 10_000);
      int waiting = cache.waiting();
      cache.beforeBarrier();
      if (barrier > 0) { // of the first it is not known when it comes
        assertThat(waiting).isLessThanOrEqualTo(650);
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
    clocks.run(cache, 10, 10_000);
    cache.beforeBarrier();
    clocks.run(cache, 15, 10_000);
    assertThat(cache.waiting()).isLessThanOrEqualTo(650);
  }

  @Test
  void withFewRecordsItBeginsInTime() {
    Store store = new Store();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, true);
    for (int barrier = 0; barrier < 3; barrier++) {
      clocks.run(cache, 10, 1_700_000);
      assertThat(cache.waiting()).isLessThanOrEqualTo(650);
      cache.beforeBarrier();
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
    long wall;
    long processor;

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
          new WriteBudget(() -> processor, new BarrierWatch(checkpoints, () -> wall)));
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
