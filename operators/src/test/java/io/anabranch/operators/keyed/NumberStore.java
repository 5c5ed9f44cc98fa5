package io.anabranch.operators.keyed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is behind a cache of numbers, and what was asked of it. */
final class NumberStore implements BackingStore<Integer, int[]> {
  final Map<Integer, Integer> values = new HashMap<>();
  final List<String> calls = new ArrayList<>();
  Runnable cost = () -> {};

  /** Adds one to the value of a key. */
  static void change(ModelCache<Integer, int[]> cache, int key) {
    ModelCache.Entry<Integer, int[]> entry = cache.get(key);
    entry.value()[0]++;
    entry.changed();
    cache.ease();
  }

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

  @Override
  public void barrierNear(long nanos) {
    calls.add("near");
  }
}
