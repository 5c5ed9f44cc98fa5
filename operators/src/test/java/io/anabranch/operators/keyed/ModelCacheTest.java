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
  void roomForNothingIsRefused() {
    assertThatThrownBy(() -> new ModelCache<>(0, new Store(), key -> new int[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity must be >= 1, got 0");
  }

  private static final class Store implements BackingStore<Integer, int[]> {
    final Map<Integer, Integer> values = new HashMap<>();
    final List<String> calls = new ArrayList<>();

    @Override
    public Optional<int[]> load(Integer key) {
      calls.add("load " + key);
      return Optional.ofNullable(values.get(key)).map(value -> new int[] {value});
    }

    @Override
    public void store(Integer key, int[] value) {
      calls.add("store " + key);
      values.put(key, value[0]);
    }

    @Override
    public void remove(Integer key) {
      calls.add("remove " + key);
      values.remove(key);
    }
  }
}
