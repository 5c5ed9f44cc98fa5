package io.anabranch.bench;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.learner.SharedLearner;

/**
 * A replica that marks what it ships, in a coordinate of its own that no example has, and looks out
 * for the marks of others.
 */
final class TimedReplica implements SharedLearner {
  private final SharedLearner replica;
  private final Freshness freshness = Freshness.current();
  private final int trainer = freshness.join();
  private final int marks;
  private long first;
  private long pending;

  /**
   * Times a replica.
   *
   * @param marks the first coordinate of the marks
   */
  TimedReplica(SharedLearner replica, int marks) {
    this.replica = replica;
    this.marks = marks;
  }

  @Override
  public ExchangeShape shape() {
    return replica.shape();
  }

  @Override
  public void predict(Example example, Prediction into) {
    replica.predict(example, into);
  }

  @Override
  public void learn(Example example) {
    if (pending == 0) {
      first = System.nanoTime();
    }
    pending++;
    replica.learn(example);
  }

  @Override
  public void drain(CoordinateBatch[] perShard) {
    replica.drain(perShard);
    if (pending > 0) {
      int mark = marks + trainer;
      CoordinateBatch batch = perShard[shape().shardOf(mark)];
      int at = batch.addStatistics(mark);
      batch.statistics()[at] = freshness.shipped(trainer, first, System.nanoTime(), pending);
      pending = 0;
    }
  }

  @Override
  public void overwrite(CoordinateBatch truth) {
    replica.overwrite(truth);
    long now = System.nanoTime();
    for (int i = 0; i < truth.statisticsSize(); i++) {
      int other = truth.statisticsCoordinates()[i] - marks;
      if (other >= 0 && other != trainer) {
        int shipment = (int) truth.statistics()[i * truth.statisticsWidth()];
        freshness.used(trainer, other, shipment, now);
      }
    }
  }

  @Override
  public void forget(CoordinateBatch gone) {
    replica.forget(gone);
  }

  @Override
  public void reapply(CoordinateBatch delta, CoordinateBatch overwritten) {
    replica.reapply(delta, overwritten);
  }

  @Override
  public long examples() {
    return replica.examples();
  }

  @Override
  public void examples(long count) {
    replica.examples(count);
  }
}
