package io.anabranch.operators.embed;

import io.anabranch.models.data.FeatureVector;

/** The positions of a vector are the coordinates. */
final class PositionFeatures<T> extends Features<T> {
  private static final long serialVersionUID = 1;

  private final Mapping.Vector<T> vector;

  PositionFeatures(Mapping.Vector<T> vector) {
    this.vector = vector;
  }

  @Override
  FeatureWriter<T> writer(FieldReader<T> fields, int hashBits, boolean grouped) {
    Sink sink = new Sink(1 << hashBits);
    return (element, into) -> {
      into.clear();
      sink.into = into;
      vector.read(element, sink);
    };
  }

  private static final class Sink implements Mapping.Entries {
    private final int positions;
    private FeatureVector into = new FeatureVector();

    Sink(int positions) {
      this.positions = positions;
    }

    @Override
    public void add(int position, double value) {
      if (position < 0 || position >= positions) {
        throw new RefusalException(
            "position must be >= 0 and < " + positions + " (2^hashBits), got " + position);
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
