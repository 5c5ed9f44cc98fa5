package io.anabranch.cluster.check;

import io.anabranch.cluster.feed.FeedPlan.Place;
import io.anabranch.models.data.FeatureVector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which hashed coordinates a model should have weights of whose learner waits until they have
 * occurred so often: none that occurred less, and all that did often and went on occurring.
 */
public final class AdmittedCoordinates {
  private static final int RECORDS = 2_500;
  private static final int STRETCHES = 5;
  private static final int OFTEN = 3;

  private final int count;
  private final Map<Integer, Occurrences> byCoordinate = new HashMap<>();

  /** How often a coordinate occurred, and in which stretches of the partitions. */
  private static final class Occurrences {
    private long number;
    private final Set<Long> stretches = new HashSet<>();
  }

  /** Of a learner with {@code admit: {count: …}}. */
  public AdmittedCoordinates(int count) {
    this.count = count;
  }

  /** Enters the features of a record. */
  public void enter(Place place, FeatureVector features) {
    Arrays.stream(features.coordinates(), features.numericCount(), features.size())
        .distinct()
        .forEach(coordinate -> enter(place, coordinate));
  }

  private void enter(Place place, int coordinate) {
    Occurrences occurrences = byCoordinate.computeIfAbsent(coordinate, absent -> new Occurrences());
    occurrences.number++;
    occurrences.stretches.add(place.number() / RECORDS);
  }

  /** Compares with the hashed coordinates that a model has weights of. */
  public Finding compare(String learner, Set<Integer> held) {
    long early = held.stream().filter(coordinate -> occurred(coordinate) < count).count();
    long missing =
        byCoordinate.entrySet().stream()
            .filter(each -> isDue(each.getValue()) && !held.contains(each.getKey()))
            .count();
    return new Finding(
        "coordinates joined when they should: " + learner,
        early == 0 && missing == 0 && !held.isEmpty(),
        String.format(
            Locale.ROOT,
            "%,d of %,d, %,d of them too early; %,d are missing",
            held.size(),
            byCoordinate.size(),
            early,
            missing));
  }

  private long occurred(int coordinate) {
    Occurrences occurrences = byCoordinate.get(coordinate);
    return occurrences == null ? 0 : occurrences.number;
  }

  /** What came only while a failure was made up for may have been gone when it joined. */
  private boolean isDue(Occurrences occurrences) {
    return occurrences.number >= (long) OFTEN * count && occurrences.stretches.size() >= STRETCHES;
  }
}
