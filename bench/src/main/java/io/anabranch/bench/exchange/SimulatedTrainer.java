package io.anabranch.bench.exchange;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.exchange.Precision;
import io.anabranch.models.learner.SharedLearner;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.FirstTurn;
import io.anabranch.operators.exchange.ShippingSchedule;
import io.anabranch.operators.exchange.TrainerExchange;
import io.anabranch.operators.exchange.WeightsMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One trainer with a part of the stream of its own, and what it shipped that is under way. */
final class SimulatedTrainer {
  private static final long EPOCH = 1;

  private final ExchangePlan plan;
  private final SharedLearner learner;
  private final Precision precision;
  private final TrainerExchange exchange;
  private final FirstTurn turn;
  private final ShippingSchedule schedule;
  private final ArrayDeque<Shipment> underWay = new ArrayDeque<>();
  private final Prediction prediction = new Prediction();
  private long shippedAt;
  private boolean begun;
  private boolean waiting;

  private record Shipment(long due, List<DeltaMessage> deltas) {}

  SimulatedTrainer(
      ExchangePlan plan, SharedLearner learner, Precision precision, int index, long seed) {
    this.plan = plan;
    this.learner = learner;
    this.precision = precision;
    exchange = new TrainerExchange(learner, index, EPOCH);
    turn = new FirstTurn(index);
    schedule = new ShippingSchedule(plan.examples(), plan.lockStep() ? seed : seed + index);
  }

  static long epoch() {
    return EPOCH;
  }

  /**
   * Whether it stands still in this tick, as a young model's trainer does: until its turn comes to
   * begin, for which it has all the time, and until the shards have caught up.
   */
  boolean waits(long now) {
    if (!begun && turn.hasCome(learner.examples(), 0)) {
      begun = true;
      shippedAt = now - 1;
    }
    waiting = waiting && exchange.lagging();
    return !begun || waiting;
  }

  void take(Example example, long now, Loss loss) {
    learner.predict(example, prediction);
    loss.add(prediction, example);
    learner.learn(example);
    exchange.learned(example.id());
    if (schedule.advance()) {
      schedule.shipped(exchange.seen(plan.trainers()));
      waiting = schedule.young() && plan.trainers() > 1;
      ship(now, schedule.young() ? 0 : plan.coding().hold());
    }
  }

  /** Ships what is left. */
  void shipAll(long now) {
    ship(now, 0);
  }

  private void ship(long now, double hold) {
    List<DeltaMessage> deltas = new ArrayList<>();
    exchange.ship(
        waiting,
        hold,
        delta -> {
          delta.changes().round(precision.delta());
          deltas.add(delta);
        });
    long due = now + Math.round(plan.lag() * (now - shippedAt));
    // Deltas do not overtake each other.
    long last = underWay.isEmpty() ? 0 : underWay.getLast().due();
    underWay.addLast(new Shipment(Math.max(last, due), deltas));
    shippedAt = now;
  }

  /** The deltas that have arrived, in the order in which they were shipped. */
  List<DeltaMessage> arrived(long now) {
    List<DeltaMessage> deltas = new ArrayList<>();
    while (!underWay.isEmpty() && underWay.getFirst().due() <= now) {
      deltas.addAll(underWay.removeFirst().deltas());
    }
    return deltas;
  }

  void apply(WeightsMessage message) {
    exchange.apply(message);
  }
}
