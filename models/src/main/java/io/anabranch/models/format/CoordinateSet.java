package io.anabranch.models.format;

/**
 * Which coordinates of a block are touched, in the shorter of two ways: up to {@link #MOST_LISTED}
 * as a list of two-byte offsets, packed in pairs into ints; more as a bitmap of 1,024 bits.
 */
final class CoordinateSet {
  // 32 ints of pairs are as long as the bitmap.
  static final int MOST_LISTED = 62;
  private static final int BITMAP_INTS = BlockState.COORDINATES / Integer.SIZE;

  private CoordinateSet() {}

  static void write(boolean[] set, ModelWriter out) {
    int count = 0;
    for (boolean touched : set) {
      count += touched ? 1 : 0;
    }
    out.writeInt(count);
    int[] packed = count <= MOST_LISTED ? pairs(set, count) : bitmap(set);
    out.writeInts(packed, 0, packed.length);
  }

  static boolean[] read(ModelReader in) {
    int count = in.readInt();
    if (count < 0 || count > BlockState.COORDINATES) {
      throw new CorruptModelException(
          "the number of touched coordinates must be between 0 and %d, got %d"
              .formatted(BlockState.COORDINATES, count));
    }
    boolean[] set = new boolean[BlockState.COORDINATES];
    if (count <= MOST_LISTED) {
      int[] packed = new int[(count + 1) / 2];
      in.readInts(packed, 0, packed.length);
      for (int i = 0; i < count; i++) {
        int offset = packed[i / 2] >>> (i % 2 == 0 ? 16 : 0) & 0xffff;
        if (offset >= BlockState.COORDINATES) {
          throw new CorruptModelException(
              "the offset of a coordinate must be < %d, got %d"
                  .formatted(BlockState.COORDINATES, offset));
        }
        set[offset] = true;
      }
    } else {
      int[] packed = new int[BITMAP_INTS];
      in.readInts(packed, 0, packed.length);
      for (int offset = 0; offset < set.length; offset++) {
        set[offset] = (packed[offset / Integer.SIZE] >>> offset % Integer.SIZE & 1) == 1;
      }
    }
    return set;
  }

  private static int[] pairs(boolean[] set, int count) {
    int[] packed = new int[(count + 1) / 2];
    int i = 0;
    for (int offset = 0; offset < set.length; offset++) {
      if (set[offset]) {
        packed[i / 2] |= offset << (i % 2 == 0 ? 16 : 0);
        i++;
      }
    }
    return packed;
  }

  private static int[] bitmap(boolean[] set) {
    int[] packed = new int[BITMAP_INTS];
    for (int offset = 0; offset < set.length; offset++) {
      if (set[offset]) {
        packed[offset / Integer.SIZE] |= 1 << offset % Integer.SIZE;
      }
    }
    return packed;
  }
}
