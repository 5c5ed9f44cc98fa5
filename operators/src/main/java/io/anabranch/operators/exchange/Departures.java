package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The coordinates of a shard that left its model and of which trainers have not been told yet. */
final class Departures {
  private int[] coordinates = new int[0];
  private int size;

  void add(int coordinate) {
    if (size == coordinates.length) {
      coordinates = Arrays.copyOf(coordinates, Math.max(64, 2 * size));
    }
    coordinates[size++] = coordinate;
  }

  /**
   * All of them, once each, ascending, and forgets them.
   *
   * @param back which ones are in the model again
   */
  CoordinateBatch take(IntPredicate back) {
    CoordinateBatch taken = new CoordinateBatch(0, 0);
    Arrays.sort(coordinates, 0, size);
    for (int i = 0; i < size; i++) {
      boolean twice = i > 0 && coordinates[i] == coordinates[i - 1];
      if (!twice && !back.test(coordinates[i])) {
        taken.add(coordinates[i]);
      }
    }
    size = 0;
    return taken;
  }
}
