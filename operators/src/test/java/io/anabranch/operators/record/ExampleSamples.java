package io.anabranch.operators.record;

import io.anabranch.models.data.Example;

/** Examples of all shapes. */
final class ExampleSamples {
  private ExampleSamples() {}

  static Example unlabelled() {
    Example example = new Example();
    example.clear();
    example.identify("in-0-7", "", 1_700_000_000_000L);
    return example;
  }

  static Example grouped() {
    Example example = labelled();
    example.features().addSparse(7, 1, -(1 << 30));
    example.features().addSparse(8, -2, 1 << 30);
    example.features().addSparse(9, 1, 1 << 30);
    example.features().addSparse(10, 3);
    return example;
  }

  static Example labelled() {
    Example example = new Example();
    example.clear();
    example.identify("b", "Zürich", -5);
    example.label("1", 1);
    example.weigh(0.25);
    example.features().addNumeric((1 << 29) + 5, -2.5f);
    example.features().addNumeric((1 << 30) - 1, 1);
    for (int i = 0; i < 100; i++) {
      example.features().addSparse((1 << 29) - 1 - i, i % 3 - 1);
    }
    return example;
  }
}
