package io.anabranch.models.format;

/**
 * The layout of a block's payload: which coordinates are touched, their floats, then the
 * statistics. The learner type of the frame ends in {@link BlockState#TYPE_SUFFIX}, so that no
 * block is taken for a whole model.
 */
final class BlockCodec {
  static final int STATE_VERSION = 1;

  private BlockCodec() {}

  static byte[] encode(BlockState state, String learnerType) {
    ModelWriter out = new ModelWriter(learnerType + BlockState.TYPE_SUFFIX, STATE_VERSION);
    out.writeInt(state.shard());
    out.writeInt(state.block());
    out.writeLong(state.version());
    out.writeInt(state.truthWidth());
    out.writeInt(state.statisticsWidth());
    boolean[] touched = touched(state.values(), state.truthWidth());
    CoordinateSet.write(touched, out);
    float[] compact = new float[state.values().length];
    int n = 0;
    for (int offset = 0; offset < touched.length; offset++) {
      if (touched[offset]) {
        int width = state.truthWidth();
        System.arraycopy(state.values(), offset * width, compact, n, width);
        n += width;
      }
    }
    out.writeFloats(compact, 0, n);
    out.writeInts(state.statisticsOffsets(), 0, state.statisticsOffsets().length);
    out.writeDoubles(state.statistics(), 0, state.statistics().length);
    return out.finish();
  }

  static BlockState decode(byte[] bytes, String learnerType) {
    ModelReader in = ModelReader.open(bytes, learnerType + BlockState.TYPE_SUFFIX, STATE_VERSION);
    int shard = in.readInt();
    int block = in.readInt();
    long version = in.readLong();
    int truthWidth = in.readInt();
    int statisticsWidth = in.readInt();
    if (truthWidth < 0 || truthWidth > BlockState.MOST_WIDTH) {
      // Checked here too: the room for the dense values is taken before the record can check it.
      throw new CorruptModelException(
          "truthWidth must be between 0 and %d, got %d"
              .formatted(BlockState.MOST_WIDTH, truthWidth));
    }
    boolean[] touched = CoordinateSet.read(in);
    float[] compact = in.readFloats();
    float[] values = scatter(touched, compact, truthWidth);
    int[] statisticsOffsets = in.readInts();
    double[] statistics = in.readDoubles();
    in.end();
    try {
      return new BlockState(
          shard,
          block,
          version,
          truthWidth,
          values,
          statisticsWidth,
          statisticsOffsets,
          statistics);
    } catch (IllegalArgumentException e) {
      throw new CorruptModelException(e.getMessage() + ": the block was written wrong");
    }
  }

  // By bits, so that -0.0 comes back as what it was.
  private static boolean[] touched(float[] values, int width) {
    boolean[] touched = new boolean[BlockState.COORDINATES];
    for (int i = 0; i < values.length; i++) {
      if (Float.floatToRawIntBits(values[i]) != 0) {
        touched[i / width] = true;
      }
    }
    return touched;
  }

  private static float[] scatter(boolean[] touched, float[] compact, int width) {
    float[] values = new float[BlockState.COORDINATES * width];
    int n = 0;
    for (int offset = 0; offset < touched.length; offset++) {
      if (touched[offset]) {
        if (n + width > compact.length) {
          throw wrongCount(compact.length, width);
        }
        System.arraycopy(compact, n, values, offset * width, width);
        n += width;
      }
    }
    if (n != compact.length) {
      throw wrongCount(compact.length, width);
    }
    return values;
  }

  private static CorruptModelException wrongCount(int floats, int width) {
    return new CorruptModelException(
        "a block must have %d floats for each touched coordinate, got %d in all"
            .formatted(width, floats));
  }
}
