package io.anabranch.operators.embed;

import io.anabranch.models.data.FeatureVector;

/** The positions of a vector are the coordinates. */
final class PositionFeatures<T> extends Features<T> {
  private static final long serialVersionUID = 1;

  private final int size;
  private final Mapping.Vector<T> vector;

  PositionFeatures(int size, Mapping.Vector<T> vector) {
    this.size = size;
    this.vector = vector;
  }

  @Override
  FeatureWriter<T> writer(FieldReader<T> fields, int hashBits, boolean grouped) {
    if (size > 1 << hashBits) {
      throw new IllegalArgumentException(
          "size of positions must be <= " + (1 << hashBits) + " (2^hashBits), got " + size);
    }
    Sink sink = new Sink(size, 1 << hashBits);
    return (element, into) -> {
      into.clear();
      sink.into = into;
      vector.read(element, sink);
    };
  }

  private static final class Sink implements Mapping.Entries {
    private final int size;
    private final int positions;
    private final String limit;
    private FeatureVector into = new FeatureVector();

    Sink(int size, int coordinates) {
      this.size = size;
      positions = size == ANY_SIZE ? coordinates : size;
      limit = positions + (size == ANY_SIZE ? " (2^hashBits)" : " (the size of the vectors)");
    }

    @Override
    public void size(int positions) {
      if (size != ANY_SIZE && positions != size) {
        throw new RefusalException("vector must have " + size + " positions, got " + positions);
      }
    }

    @Override
    public void add(int position, double value) {
      if (position < 0 || position >= positions) {
        throw new RefusalException("position must be >= 0 and < " + limit + ", got " + position);
      }
      float number = (float) value;
      if (!(Math.abs(number) <= Float.MAX_VALUE)) {
        throw new RefusalException(
            "the value at position " + position + " must be finite as a float, got " + value);
      }
      into.addSparse(position, number);
    }
  }
}
