package io.anabranch.operators.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleGatheringTest {
  private final List<String> shipped = new ArrayList<>();
  private final ExampleGathering gathering =
      new ExampleGathering(batch -> shipped.add(batch.first() + ": " + batch.count()));

  @Test
  void usageExample() {
    gathering.add(VotingPlaces.number(0, 0, 5), example(0));
    gathering.add(VotingPlaces.number(0, 1, 5), example(0));
    assertThat(shipped).isEmpty();
    gathering.ship();
    assertThat(shipped).containsExactly("5: 2");
    assertThat(gathering.isEmpty()).isTrue();
  }

  @Test
  void aBatchIsOfOneRun() {
    for (long count = 60; count < 200; count++) {
      gathering.add(VotingPlaces.number(0, count, 0), example(0));
    }
    assertThat(shipped).containsExactly(first(60) + ": 4", first(64) + ": 64", first(128) + ": 64");
    assertThat(gathering.isEmpty()).isFalse();
  }

  @Test
  void wideExamplesGoInSmallerBatches() {
    for (long count = 0; count < 6; count++) {
      gathering.add(VotingPlaces.number(0, count, 0), example(ExampleGathering.MOST_BYTES / 10));
    }
    assertThat(shipped).containsExactly(first(0) + ": 3", first(3) + ": 3");
  }

  @Test
  void nothingIsNotShipped() {
    gathering.ship();
    assertThat(shipped).isEmpty();
  }

  private static long first(long count) {
    return VotingPlaces.number(0, count, 0);
  }

  private static Example example(int features) {
    Example example = new Example();
    example.clear();
    for (int i = 0; i < features; i++) {
      example.features().addSparse(i, 1); // four bytes
    }
    return example;
  }
}
