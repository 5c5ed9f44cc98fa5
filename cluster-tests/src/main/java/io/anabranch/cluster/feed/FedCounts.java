package io.anabranch.cluster.feed;

import java.util.Arrays;
import java.util.List;

/**
 * How many records of a plan were fed, by partition; those fed are the first ones of each.
 *
 * @param ofPartition the number, by partition
 */
public record FedCounts(List<Long> ofPartition) {
  /** Copies the list. */
  public FedCounts {
    ofPartition = List.copyOf(ofPartition);
  }

  /** Of an array. */
  public static FedCounts of(long... counts) {
    return new FedCounts(Arrays.stream(counts).boxed().toList());
  }

  /** In all partitions together. */
  public long total() {
    return ofPartition.stream().mapToLong(Long::longValue).sum();
  }

  /** Whether a record is among those fed. */
  public boolean contains(FeedPlan.Place place) {
    return place.partition() < ofPartition.size()
        && place.number() < ofPartition.get(place.partition());
  }
}
