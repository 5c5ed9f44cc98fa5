package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.operators.record.ExampleBatch;
import java.util.function.Consumer;

/**
 * Gathers examples in a row into batches, each of one run and therefore with votes that are counted
 * at one place.
 */
final class ExampleGathering {
  /** A batch of wide examples is handed over earlier, so that it doesn't fill many buffers. */
  static final int MOST_BYTES = 8 << 10;

  private final ExampleBatch batch = new ExampleBatch();
  private final Consumer<ExampleBatch> out;

  /** Nothing is gathered; batches are reused, so whoever takes one has to use it up at once. */
  ExampleGathering(Consumer<ExampleBatch> out) {
    this.out = out;
  }

  /** Takes the example of the number after the last one's, and hands over what is complete. */
  void add(long number, Example example) {
    if (isEmpty()) {
      batch.begin(number);
    }
    batch.add(example);
    if (VotingPlaces.endsRun(number) || batch.bytes() >= MOST_BYTES) {
      ship();
    }
  }

  /** Whether nothing waits to be handed over. */
  boolean isEmpty() {
    return batch.count() == 0;
  }

  /** Hands over what there is, if anything. */
  void ship() {
    if (!isEmpty()) {
      out.accept(batch);
      batch.begin(0);
    }
  }
}
