package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ModelCacheTest {
  @Test
  void usageExample() {
    NumberStore store = new NumberStore();
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
    NumberStore store = new NumberStore();
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
    NumberStore store = new NumberStore();
    ModelCache<Integer, int[]> cache = new ModelCache<>(1, store, key -> new int[1]);
    cache.get(1);
    cache.get(2).changed();
    cache.get(3);
    cache.writeBack();
    cache.writeBack();
    assertThat(store.calls).containsExactly("load 1", "load 2", "store 2", "load 3");
  }

  @Test
  void theVictimIsStoredBeforeTheNewcomerIsLoaded() {
    NumberStore store = new NumberStore();
    ModelCache<Integer, int[]> cache = new ModelCache<>(2, store, key -> new int[1]);
    cache.get(1).changed();
    cache.get(2).changed();
    cache.get(3);
    assertThat(store.calls).containsExactly("load 1", "load 2", "store 1", "load 3");
  }

  @Test
  void aKeyThatComesAgainStaysWhileOthersPassThrough() {
    NumberStore store = new NumberStore();
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
    ModelCache<Integer, int[]> cache = new ModelCache<>(room, new NumberStore(), key -> new int[1]);
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
    ModelCache<Integer, int[]> cache = new ModelCache<>(100, new NumberStore(), key -> new int[1]);
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
    NumberStore store = new NumberStore();
    ModelCache<Integer, int[]> cache = weighing(store, 1_000);
    for (int key = 1; key <= 100; key++) {
      NumberStore.change(cache, key);
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
    ModelCache<Integer, int[]> cache = weighing(new NumberStore(), 1_000);
    for (int key = 1; key <= 100; key++) {
      NumberStore.change(cache, key);
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
    NumberStore store = new NumberStore();
    ModelCache<Integer, int[]> cache = weighing(store, 10);
    store.values.put(1, 100);
    store.values.put(2, 200);
    assertThat(cache.get(1).value()[0]).isEqualTo(100);
    assertThat(cache.get(2).value()[0]).isEqualTo(200);
    assertThat(cache.size()).isEqualTo(1);
    cache.remove(2);
    assertThat(cache.weight()).isZero();
  }

  private static ModelCache<Integer, int[]> weighing(NumberStore store, long capacity) {
    return new ModelCache<>(
        capacity,
        store,
        key -> new int[1],
        value -> Math.max(1, value[0]),
        WriteBudget.ofThread(10_000));
  }

  @Test
  void roomForNothingIsRefused() {
    assertThatThrownBy(() -> new ModelCache<>(0, new NumberStore(), key -> new int[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity must be >= 1, got 0");
  }
}
