package io.anabranch.flinkml;

import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;

/** {@code S ← S · d^(m/B) + ΔS}; with d = 1 a plain sum, which is exact. */
record SumsMerge(ExchangeShape shape) implements MergeRule {

  @Override
  public String description() {
    return "sums add up; what came before fades as configured";
  }

  @Override
  public void merge(
      int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
    throw new IllegalStateException("sums have no weights, got coordinate " + coordinate);
  }

  @Override
  public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
    if (shape.statisticsWidth() == SumsLearner.PLAIN) {
      truth[at] += delta[from];
    } else {
      truth[at + 1] += delta[from + 2];
      FadingSums.add(truth, at, delta[from], delta[from + 1]);
    }
  }
}
