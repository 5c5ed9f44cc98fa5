package io.anabranch.operators.record;

import io.anabranch.models.data.Example;

/**
 * Examples in a row on their way to all members of an ensemble, with the number of the first:
 * numbers are that by which votes find each other. A reused buffer: whoever keeps one copies it.
 */
public final class ExampleBatch extends WrittenBatch<Example> {

  /** No examples. */
  public ExampleBatch() {
    super(ExampleSerializer.INSTANCE);
  }

  /** Forgets all examples, and begins with others, the first of which has this number. */
  public void begin(long first) {
    beginAs(first);
  }

  /** The number of the first example. */
  public long first() {
    return label();
  }
}
