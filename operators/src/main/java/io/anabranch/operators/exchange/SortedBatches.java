package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;

/** Merges batches whose coordinates ascend, in one pass over both. */
final class SortedBatches {
  private static final CoordinateBatch NOTHING = new CoordinateBatch(0, 0);

  private SortedBatches() {}

  /** All coordinates of both; where both have one, with the newer values. */
  static CoordinateBatch merge(CoordinateBatch older, CoordinateBatch newer) {
    CoordinateBatch merged =
        new CoordinateBatch(
            newer.width(),
            newer.statisticsWidth(),
            older.size() + newer.size(),
            older.statisticsSize() + newer.statisticsSize());
    mergeValues(older, newer, merged);
    mergeStatistics(older, newer, merged);
    return merged;
  }

  /** A batch without the coordinates of another; its statistics stay. */
  static CoordinateBatch without(CoordinateBatch batch, CoordinateBatch others) {
    if (batch.size() == 0 || others.size() == 0) {
      return batch;
    }
    CoordinateBatch left =
        new CoordinateBatch(
            batch.width(), batch.statisticsWidth(), batch.size(), batch.statisticsSize());
    int j = 0;
    for (int i = 0; i < batch.size(); i++) {
      int coordinate = batch.coordinates()[i];
      while (j < others.size() && others.coordinates()[j] < coordinate) {
        j++;
      }
      if (j == others.size() || others.coordinates()[j] != coordinate) {
        int to = left.add(coordinate);
        System.arraycopy(batch.values(), i * batch.width(), left.values(), to, batch.width());
      }
    }
    mergeStatistics(batch, NOTHING, left);
    return left;
  }

  private static void mergeValues(
      CoordinateBatch older, CoordinateBatch newer, CoordinateBatch merged) {
    int i = 0;
    int j = 0;
    while (i < older.size() || j < newer.size()) {
      int left = i < older.size() ? older.coordinates()[i] : Integer.MAX_VALUE;
      int right = j < newer.size() ? newer.coordinates()[j] : Integer.MAX_VALUE;
      CoordinateBatch winner = right <= left ? newer : older;
      int from = right <= left ? j : i;
      int to = merged.add(Math.min(left, right));
      System.arraycopy(winner.values(), from * merged.width(), merged.values(), to, merged.width());
      i += left <= right ? 1 : 0;
      j += right <= left ? 1 : 0;
    }
  }

  private static void mergeStatistics(
      CoordinateBatch older, CoordinateBatch newer, CoordinateBatch merged) {
    int i = 0;
    int j = 0;
    int width = merged.statisticsWidth();
    while (i < older.statisticsSize() || j < newer.statisticsSize()) {
      int left = i < older.statisticsSize() ? older.statisticsCoordinates()[i] : Integer.MAX_VALUE;
      int right = j < newer.statisticsSize() ? newer.statisticsCoordinates()[j] : Integer.MAX_VALUE;
      CoordinateBatch winner = right <= left ? newer : older;
      int from = right <= left ? j : i;
      int to = merged.addStatistics(Math.min(left, right));
      System.arraycopy(winner.statistics(), from * width, merged.statistics(), to, width);
      i += left <= right ? 1 : 0;
      j += right <= left ? 1 : 0;
    }
  }
}
