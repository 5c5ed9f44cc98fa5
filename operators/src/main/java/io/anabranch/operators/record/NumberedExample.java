package io.anabranch.operators.record;

import io.anabranch.models.data.Example;

/**
 * An example on its way to all members of an ensemble, with a number by which their votes find each
 * other: no other example that is anywhere in the job has it. A reused buffer.
 */
public final class NumberedExample {
  private long number;
  private Example example = new Example();

  /** Makes this the example of that number. The example is not copied. */
  public void of(long number, Example example) {
    this.number = number;
    this.example = example;
  }

  /** The number. */
  public long number() {
    return number;
  }

  /** The example, live. */
  public Example example() {
    return example;
  }
}
