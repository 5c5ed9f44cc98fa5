package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.learner.SharedLearner;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The least learner whose truth is a plain sum, so that it can be known exactly: how often each
 * coordinate was seen (weights plane), and count and sum of the targets seen with it (statistics
 * plane). Predicts the count of the first coordinate.
 */
public class Tally implements LearnerProvider {
  public static final String TYPE = "test-tally";
  private static final LearnerType ABOUT =
      new LearnerType(TYPE, "For tests.", Set.of(Placement.SHARED), Set.of(TargetType.NUMERIC));

  /** A replica; package-private parts are for tests to look at. */
  public static final class Replica implements SharedLearner {
    final ExchangeShape shape;
    final float[] view;
    final float[] pending;
    final double[] sums;
    final double[] pendingSums;
    final BitSet touched = new BitSet();
    long examples;

    public Replica(ExchangeShape shape) {
      this.shape = shape;
      int coordinates = 1 << shape.coordinateBits();
      view = new float[coordinates];
      pending = new float[coordinates];
      sums = new double[2 * coordinates];
      pendingSums = new double[2 * coordinates];
    }

    public float count(int coordinate) {
      return view[coordinate];
    }

    public double sum(int coordinate) {
      return sums[2 * coordinate + 1];
    }

    @Override
    public void predict(Example example, Prediction into) {
      into.numeric(view[example.features().coordinates()[0]]);
    }

    @Override
    public void learn(Example example) {
      for (int i = 0; i < example.features().size(); i++) {
        int coordinate = example.features().coordinates()[i];
        view[coordinate]++;
        pending[coordinate]++;
        sums[2 * coordinate]++;
        sums[2 * coordinate + 1] += example.target();
        pendingSums[2 * coordinate]++;
        pendingSums[2 * coordinate + 1] += example.target();
        touched.set(coordinate);
      }
      examples++;
    }

    @Override
    public long examples() {
      return examples;
    }

    @Override
    public ExchangeShape shape() {
      return shape;
    }

    @Override
    public void drain(CoordinateBatch[] perShard) {
      drain(perShard, touched);
      touched.clear();
    }

    /** Holds back what is odd. */
    @Override
    public void drain(CoordinateBatch[] perShard, double hold) {
      BitSet even = new BitSet();
      touched.stream().filter(coordinate -> coordinate % 2 == 0).forEach(even::set);
      drain(perShard, even);
      touched.andNot(even);
    }

    private void drain(CoordinateBatch[] perShard, BitSet leaving) {
      leaving.stream()
          .forEach(
              coordinate -> {
                CoordinateBatch batch = perShard[shape.shardOf(coordinate)];
                int at = batch.add(coordinate);
                batch.values()[at] = pending[coordinate];
                int statisticsAt = batch.addStatistics(coordinate);
                batch.statistics()[statisticsAt] = pendingSums[2 * coordinate];
                batch.statistics()[statisticsAt + 1] = pendingSums[2 * coordinate + 1];
                pending[coordinate] = 0;
                pendingSums[2 * coordinate] = 0;
                pendingSums[2 * coordinate + 1] = 0;
              });
    }

    @Override
    public void overwrite(CoordinateBatch truth) {
      for (int i = 0; i < truth.size(); i++) {
        int coordinate = truth.coordinates()[i];
        view[coordinate] = truth.values()[i] + pending[coordinate];
      }
      for (int i = 0; i < truth.statisticsSize(); i++) {
        int at = 2 * truth.statisticsCoordinates()[i];
        sums[at] = truth.statistics()[2 * i] + pendingSums[at];
        sums[at + 1] = truth.statistics()[2 * i + 1] + pendingSums[at + 1];
      }
    }

    @Override
    public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
      Set<Integer> affected = new HashSet<>();
      for (int i = 0; i < overwritten.size(); i++) {
        affected.add(overwritten.coordinates()[i]);
      }
      for (int i = 0; i < delta.size(); i++) {
        if (affected.contains(delta.coordinates()[i])) {
          view[delta.coordinates()[i]] += delta.values()[i];
        }
      }
      affected.clear();
      for (int i = 0; i < overwritten.statisticsSize(); i++) {
        affected.add(overwritten.statisticsCoordinates()[i]);
      }
      for (int i = 0; i < delta.statisticsSize(); i++) {
        if (affected.contains(delta.statisticsCoordinates()[i])) {
          int at = 2 * delta.statisticsCoordinates()[i];
          sums[at] += delta.statistics()[2 * i];
          sums[at + 1] += delta.statistics()[2 * i + 1];
        }
      }
    }

    @Override
    public void examples(long examples) {
      this.examples = examples;
    }
  }

  /** Sums. */
  public record Sums(ExchangeShape shape) implements MergeRule {
    @Override
    public Optional<Precision> leastPrecision() {
      return Optional.of(Precision.FULL);
    }

    @Override
    public void merge(
        int coordinate, float[] truth, int at, float[] delta, int from, int activeTrainers) {
      truth[at] += delta[from];
    }

    @Override
    public void mergeStatistics(int coordinate, double[] truth, int at, double[] delta, int from) {
      truth[at] += delta[from];
      truth[at + 1] += delta[from + 1];
    }
  }

  public static ExchangeShape shape(int hashBits) {
    return new ExchangeShape(hashBits + 1, Math.min(6, hashBits), 1, 1, 2);
  }

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new Replica(shape(settings.hashBits()));
  }

  @Override
  public Optional<SharedLearner> createShared(LearnerSettings settings) {
    return Optional.of(new Replica(shape(settings.hashBits())));
  }

  @Override
  public Optional<MergeRule> mergeRule(LearnerSettings settings) {
    return Optional.of(new Sums(shape(settings.hashBits())));
  }

  @Override
  public byte[] write(Learner learner) {
    throw new UnsupportedOperationException("placed as shared only");
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    throw new UnsupportedOperationException("placed as shared only");
  }
}
