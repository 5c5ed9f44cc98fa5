package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a cache writes changed values back, and how many of them a barrier finds. */
class ModelCacheWritingTest {
  /** Of values that take 100 us each, also when they are written at once; and a little. */
  private static final int MAY_WAIT = 105;

  @Test
  void whatWaitsForBeingWrittenBackNeverTakesLongerThanTheBudget() {
    NumberStore store = new NumberStore();
    long[] clock = new long[1];
    store.cost = () -> clock[0] += 25_000; // 200 may wait when each takes twice as long at once
    ModelCache<Integer, int[]> cache =
        new ModelCache<>(10_000, store, key -> new int[1], value -> 1, budget(clock));
    for (int round = 0; round < 5; round++) {
      for (int key = 0; key < 5_000; key++) {
        NumberStore.change(cache, key);
      }
    }
    long begun = clock[0];
    int waiting = cache.waiting();
    cache.writeBack();
    assertThat(waiting).isBetween(185, 205);
    assertThat(clock[0] - begun).isLessThanOrEqualTo(5_200_000);
    assertThat(store.values).hasSize(5_000).containsEntry(4_711, 5);
  }

  @Test
  void whatChangesAgainAndAgainIsWrittenRarely() {
    NumberStore store = new NumberStore();
    long[] clock = new long[1];
    store.cost = () -> clock[0] += 45_000; // 111 may wait
    ModelCache<Integer, int[]> cache =
        new ModelCache<>(10_000, store, key -> new int[1], value -> 1, budget(clock));
    for (int cold = 100; cold < 8_000; cold++) {
      NumberStore.change(cache, cold % 20);
      NumberStore.change(cache, cold);
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
    assertThat(budget.most()).isBetween(98, 102);
    budget.write(() -> clock[0] += 2_000_000_000);
    assertThat(budget.most()).isGreaterThan(90);
  }

  /** Of one who counts on a barrier at any time. */
  private static WriteBudget budget(long[] clock) {
    return new WriteBudget(() -> clock[0], () -> clock[0], new BarrierWatch(10_000, () -> 0));
  }

  @Test
  void whatTookLongerAtOnceThanAloneIsLessFromThenOn() {
    long[] processor = new long[1];
    long[] clock = new long[1];
    WriteBudget budget =
        new WriteBudget(
            () -> processor[0], () -> clock[0], new BarrierWatch(10_000, () -> clock[0]));
    for (int i = 0; i < 10_000; i++) {
      budget.write(() -> processor[0] += 25_000);
    }
    assertThat(budget.most()).isBetween(195, 205);
    budget.writeAll(200, () -> clock[0] += 200 * 100_000);
    assertThat(budget.most()).isBetween(98, 102);
    budget.writeAll(100, () -> clock[0] += 100 * 25_000);
    assertThat(budget.most()).isBetween(120, 126);
  }

  @Test
  void whatFitsTheHeapAndIsMoreThanMayWaitIsWrittenOnceAndALittlePerBarrier() {
    NumberStore store = new NumberStore();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, 10_000);
    for (int barrier = 0; barrier < 5; barrier++) {
      int before = store.stores();
      int changes = clocks.run(cache, 10, 10_000);
      int waiting = cache.waiting();
      clocks.barrier(cache);
      if (barrier > 0) { // before, it is not known when they come
        assertThat(waiting).isLessThanOrEqualTo(MAY_WAIT);
        assertThat(changes).isGreaterThan(500_000);
        assertThat(store.stores() - before).isBetween(5_000, changes / 20);
      }
    }
  }

  @Test
  void theStoreHearsOfABarrierThatIsNear() {
    NumberStore store = new NumberStore();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, 10_000);
    clocks.run(cache, 10, 10_000);
    clocks.barrier(cache);
    clocks.run(cache, 9, 10_000);
    assertThat(store.calls).doesNotContain("near");
    clocks.run(cache, 1, 10_000);
    assertThat(store.calls.stream().filter("near"::equals).count()).isBetween(47L, 51L);
  }

  @Test
  void aBarrierThatComesLateFindsNoMore() {
    NumberStore store = new NumberStore();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, 10_000);
    for (int barrier = 0; barrier < 2; barrier++) {
      clocks.run(cache, 10, 10_000);
      clocks.barrier(cache);
    }
    clocks.run(cache, 15, 10_000);
    assertThat(cache.waiting()).isLessThanOrEqualTo(MAY_WAIT);
  }

  @Test
  void aBarrierFindsNoMoreWhenTheOneBeforeWasLate() {
    NumberStore store = new NumberStore();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, 10_000);
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
    NumberStore store = new NumberStore();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, 10_000);
    for (int barrier = 0; barrier < 4; barrier++) {
      clocks.run(cache, 10, 1_700_000);
      assertThat(cache.waiting()).isLessThanOrEqualTo(MAY_WAIT);
      clocks.barrier(cache);
    }
  }

  @Test
  void withoutBarriersNothingIsWrittenEarly() {
    NumberStore store = new NumberStore();
    Clocks clocks = new Clocks();
    store.cost = clocks::write;
    ModelCache<Integer, int[]> cache = clocks.cache(store, 0);
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
        NumberStore.change(cache, changes++ % 5_000);
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

    ModelCache<Integer, int[]> cache(NumberStore store, long checkpointMillis) {
      return new ModelCache<>(
          10_000,
          store,
          key -> new int[1],
          value -> 1,
          new WriteBudget(
              () -> processor, () -> wall, new BarrierWatch(checkpointMillis, () -> wall)));
    }
  }
}
