package io.anabranch.models.exchange;

import java.io.Serializable;

/**
 * The shape of a shared model: coordinates in {@code [0, 2^coordinateBits)}, dealt to shards by
 * their low bits, so that hashed coordinates spread evenly.
 *
 * <p>A coordinate has up to two planes. The <em>weights</em> plane holds floats and is wide: one
 * entry for each coordinate that was ever touched. The <em>statistics</em> plane holds doubles for
 * what must be exact or nearly so (counts, moments), for the few coordinates that have any.
 *
 * @param coordinateBits the coordinate space is 2^coordinateBits, 1 to 30
 * @param shardBits there are 2^shardBits virtual shards, at most 2^coordinateBits
 * @param truthWidth floats per coordinate in shards and in what they publish
 * @param deltaWidth floats per coordinate in a delta
 * @param statisticsWidth doubles per coordinate, the same in truth and delta; may be 0
 */
public record ExchangeShape(
    int coordinateBits, int shardBits, int truthWidth, int deltaWidth, int statisticsWidth)
    implements Serializable {

  /** Coordinates per block of shard state, the unit of reading, writing and publishing state. */
  public static final int BLOCK_BITS = 10;

  /** Checks the ranges. */
  public ExchangeShape {
    if (coordinateBits < 1 || coordinateBits > 30) {
      throw new IllegalArgumentException(
          "coordinateBits must be between 1 and 30, got " + coordinateBits);
    }
    if (shardBits < 0 || shardBits > coordinateBits) {
      throw new IllegalArgumentException(
          "shardBits must be between 0 and coordinateBits, got " + shardBits);
    }
  }

  /** The number of virtual shards. */
  public int shards() {
    return 1 << shardBits;
  }

  /** The shard that owns a coordinate. */
  public int shardOf(int coordinate) {
    return coordinate & (1 << shardBits) - 1;
  }

  /** The position of a coordinate within its shard. */
  public int localOf(int coordinate) {
    return coordinate >>> shardBits;
  }

  /** The coordinate at a position of a shard. */
  public int coordinateOf(int shard, int local) {
    return local << shardBits | shard;
  }
}
