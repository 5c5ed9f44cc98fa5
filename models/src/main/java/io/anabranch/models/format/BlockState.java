package io.anabranch.models.format;

import io.anabranch.models.exchange.ExchangeShape;

/**
 * One block of a shared model: {@link #COORDINATES} coordinates in a row of one shard. The same
 * bytes are kept as shard state and written to the models topic.
 *
 * <p>Offsets count within the block: the coordinate at {@code offset} is {@code
 * shape.coordinateOf(shard, block << ExchangeShape.BLOCK_BITS | offset)}.
 *
 * @param shard the virtual shard, at least 0
 * @param block the block's number within the shard, at least 0
 * @param version the model version from which on the block has this content; 0 = none yet
 * @param truthWidth floats per coordinate, 0 to {@link #MOST_WIDTH}
 * @param values {@code COORDINATES * truthWidth} floats, dense and live; all zeros where untouched
 * @param statisticsWidth doubles per coordinate with statistics, 0 to {@link #MOST_WIDTH}
 * @param statisticsOffsets the offsets with statistics, ascending
 * @param statistics {@code statisticsOffsets.length * statisticsWidth} doubles, live
 */
@SuppressWarnings("ArrayRecordComponent") // buffers of a kernel and of a format; never compared
public record BlockState(
    int shard,
    int block,
    long version,
    int truthWidth,
    float[] values,
    int statisticsWidth,
    int[] statisticsOffsets,
    double[] statistics) {
  /** What the learner type of a block's {@link ModelFrame} ends in. */
  public static final String TYPE_SUFFIX = "/block";

  /** Coordinates per block. */
  public static final int COORDINATES = 1 << ExchangeShape.BLOCK_BITS;

  /** The greatest width of a coordinate. */
  public static final int MOST_WIDTH = 1_024;

  /** Checks lengths and order. */
  public BlockState {
    requireRange("shard", shard, 0, Integer.MAX_VALUE);
    requireRange("block", block, 0, Integer.MAX_VALUE);
    requireRange("truthWidth", truthWidth, 0, MOST_WIDTH);
    requireRange("statisticsWidth", statisticsWidth, 0, MOST_WIDTH);
    requireLength("values", values.length, COORDINATES * truthWidth);
    requireLength("statistics", statistics.length, statisticsOffsets.length * statisticsWidth);
    requireAscending("statisticsOffsets", statisticsOffsets);
  }

  /** The block as bytes; untouched coordinates take next to no room. */
  public byte[] encode(String learnerType) {
    return BlockCodec.encode(this, learnerType);
  }

  /**
   * The block that {@link #encode} wrote, in arrays of its own.
   *
   * @throws CorruptModelException with the reason, when the bytes are damaged, no block, of another
   *     learner, or written by a newer build
   */
  public static BlockState decode(byte[] bytes, String learnerType) {
    return BlockCodec.decode(bytes, learnerType);
  }

  /** Whether none of its coordinates holds anything. */
  public boolean isEmpty() {
    if (statisticsOffsets.length > 0) {
      return false;
    }
    for (float value : values) {
      if (Float.floatToRawIntBits(value) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The block's name in manifests and on the models topic: {@code SHARD-BLOCK}. */
  public String name() {
    return shard + "-" + block;
  }

  static void requireAscending(String name, int[] offsets) {
    int before = -1;
    for (int offset : offsets) {
      if (offset <= before || offset >= COORDINATES) {
        throw new IllegalArgumentException(
            "%s must ascend and be < %d, got %d after %d"
                .formatted(name, COORDINATES, offset, before));
      }
      before = offset;
    }
  }

  private static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d, got %d".formatted(name, least, most, value));
    }
  }

  private static void requireLength(String name, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "%s must have %d entries, got %d".formatted(name, expected, length));
    }
  }
}
