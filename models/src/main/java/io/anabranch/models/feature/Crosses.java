package io.anabranch.models.feature;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec.Cross;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the values that are crossed as they come, in whatever order, and combines them in the
 * order of the cross. Each field of each cross has a place.
 */
final class Crosses {
  private final List<FeatureHash> hashes = new ArrayList<>();
  private final int[] ends;
  private final long[] values;
  private final long[] lastRecords;

  /** Makes places for all crosses; they are taken by the fields in the order of the crosses. */
  Crosses(List<Cross> crosses, int bits, boolean grouped) {
    ends = new int[crosses.size()];
    int places = 0;
    for (Cross cross : crosses) {
      places += cross.fields().size();
      ends[hashes.size()] = places;
      hashes.add(
          new FeatureHash(String.join("\u001f", cross.fields()), bits, cross.hashBits(), grouped));
    }
    values = new long[places];
    lastRecords = new long[places];
  }

  /** A value came in a record: its hash, for all places of its field. */
  void value(int[] places, long hash, long record) {
    for (int place : places) {
      values[place] = hash;
      lastRecords[place] = record;
    }
  }

  /** Adds the combinations of which the record had all values. */
  void addTo(FeatureVector into, long record) {
    int place = 0;
    for (int i = 0; i < ends.length; i++) {
      FeatureHash hash = hashes.get(i);
      long combination = hash.combinations();
      boolean complete = true;
      for (; place < ends[i]; place++) {
        complete &= lastRecords[place] == record;
        combination = FeatureHash.combined(combination, values[place]);
      }
      if (complete) {
        into.addSparse(hash.coordinate(combination), FeatureHash.sign(combination), -hash.group());
      }
    }
  }
}
