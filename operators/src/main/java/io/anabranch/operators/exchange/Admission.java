package io.anabranch.operators.exchange;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;

/**
 * A trainer's view of which hashed coordinates are in the model: those that the weights had. What
 * an example has besides is not learned, but counted and shipped, for the shards to decide.
 *
 * <p>Memory: one bit for each hashed coordinate, 2 MiB at 24 bits.
 */
public final class Admission {
  private final ExchangeShape shape;
  private final int hashed;
  private final long[] members;
  private final Example known = new Example();
  private CoordinateBatch[] occurrences;

  /**
   * A view of an empty model.
   *
   * @param hashBits coordinates below 2^hashBits are hashed; those above are always in the model
   */
  public Admission(ExchangeShape shape, int hashBits) {
    this.shape = shape;
    hashed = 1 << hashBits;
    members = new long[Math.max(1, hashed / Long.SIZE)];
    occurrences = none(shape);
  }

  private static CoordinateBatch[] none(ExchangeShape shape) {
    CoordinateBatch[] none = new CoordinateBatch[shape.shards()];
    for (int shard = 0; shard < none.length; shard++) {
      none[shard] = new CoordinateBatch(0, 0);
    }
    return none;
  }

  /**
   * What of an example can be learned: all of it, or a copy that is good until the next call.
   * Counts the rest.
   */
  public Example admitted(Example example) {
    FeatureVector features = example.features();
    int[] coordinates = features.coordinates();
    int size = features.size();
    for (int i = features.numericCount(); i < size; i++) {
      if (!has(coordinates[i])) {
        return without(example);
      }
    }
    return example;
  }

  private Example without(Example example) {
    FeatureVector all = example.features();
    known.copyFrom(example);
    FeatureVector left = known.features();
    left.clear();
    for (int i = 0; i < all.size(); i++) {
      int coordinate = all.coordinates()[i];
      if (i < all.numericCount()) {
        left.addNumeric(coordinate, all.values()[i]);
      } else if (has(coordinate)) {
        left.addSparse(coordinate, all.values()[i], all.groups()[i]);
      } else {
        occurrences[shape.shardOf(coordinate)].add(coordinate);
      }
    }
    return known;
  }

  private boolean has(int coordinate) {
    return coordinate >= hashed || (members[coordinate >>> 6] >>> coordinate & 1) != 0;
  }

  /** Takes up what a shard said. */
  void take(WeightsMessage.Truth message) {
    CoordinateBatch truth = message.truth();
    for (int i = 0; i < truth.size(); i++) {
      int coordinate = truth.coordinates()[i];
      if (coordinate < hashed) {
        members[coordinate >>> 6] |= 1L << coordinate;
      }
    }
    CoordinateBatch gone = message.gone();
    for (int i = 0; i < gone.size(); i++) {
      members[gone.coordinates()[i] >>> 6] &= ~(1L << gone.coordinates()[i]);
    }
  }

  /** What occurred since this was asked last, by shard. */
  CoordinateBatch[] takeOccurrences() {
    CoordinateBatch[] taken = occurrences;
    occurrences = none(shape);
    return taken;
  }
}
