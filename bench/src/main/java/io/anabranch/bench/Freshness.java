package io.anabranch.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes from when one trainer learns an example until another one uses weights that
 * include it. All trainers are in this process, so they have one clock.
 */
final class Freshness {
  private static final int POINTS = 10;
  private static Freshness current = new Freshness();

  private final List<List<Shipment>> byTrainer = new ArrayList<>();
  private final Map<List<Integer>, Integer> seen = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  /** Examples shipped together, learned evenly from first to last. */
  private record Shipment(long first, long last, long examples) {}

  private record Sample(long nanos, double examples) {}

  /** What is measured from now on. */
  static synchronized Freshness begin() {
    current = new Freshness();
    return current;
  }

  static synchronized Freshness current() {
    return current;
  }

  /** A trainer reports for work; returns its number. */
  synchronized int join() {
    byTrainer.add(new ArrayList<>());
    return byTrainer.size() - 1;
  }

  /** A trainer ships; returns the number of the shipment, from 1 on. */
  synchronized int shipped(int trainer, long first, long last, long examples) {
    byTrainer.get(trainer).add(new Shipment(first, last, examples));
    return byTrainer.get(trainer).size();
  }

  /** Another trainer uses weights that include all shipments up to this one. */
  synchronized void used(int user, int trainer, int shipment, long now) {
    List<Integer> edge = List.of(user, trainer);
    for (int i = seen.getOrDefault(edge, 0); i < shipment; i++) {
      Shipment arrived = byTrainer.get(trainer).get(i);
      for (int point = 0; point < POINTS; point++) {
        long learned =
            arrived.first + (arrived.last - arrived.first) * (2L * point + 1) / (2 * POINTS);
        samples.add(new Sample(now - learned, (double) arrived.examples / POINTS));
      }
    }
    seen.merge(edge, shipment, Math::max);
  }

  /** The time that this share of the examples took at most, in milliseconds. */
  synchronized double millis(double share) {
    Sample[] sorted = samples.toArray(Sample[]::new);
    Arrays.sort(sorted, (a, b) -> Long.compare(a.nanos, b.nanos));
    double all = Arrays.stream(sorted).mapToDouble(Sample::examples).sum();
    double sum = 0;
    for (Sample sample : sorted) {
      sum += sample.examples;
      if (sum >= share * all) {
        return sample.nanos / 1e6;
      }
    }
    return Double.NaN;
  }
}
