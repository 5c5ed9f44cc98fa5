package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.AdditiveLearner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.CoLocation;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.BackwardEdge;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Places a learner with one model per key into a job, of which hot keys are split: their records
 * are dealt to helpers in all subtasks, who learn on replicas and ship what they learned to the
 * model of the key.
 *
 * <pre>
 * examples ─ router ─────────────────────────────────── keyBy(key) ─► models ─► predictions
 *               └─ hot ─ rebalance ─► helpers ─ deltas ─ keyBy(key) ────┘ │
 *                                        ▲ └─► predictions                │
 *                                        └── models of hot keys (soft) ◄──┘
 * </pre>
 */
public final class SplitTraining {
  /** Deltas and models are few and sent at once, without waiting for a buffer to be filled. */
  private static final long AT_ONCE = 0;

  private SplitTraining() {}

  /** Whether what several models of a type learned adds up, so that its keys can be split. */
  public static boolean isPossible(LearnerProvider provider, LearnerSettings settings) {
    return provider.create(settings) instanceof AdditiveLearner;
  }

  /**
   * Predicts every example by the model of its key, and learns from it if it is labelled.
   *
   * @param examples encoded records
   * @param parallelism of models and helpers, at least 1
   * @throws IllegalArgumentException when the learner's models are not sums, or start from another
   */
  public static LearnerStreams attach(
      DataStream<Example> examples, PerKeySpec spec, int parallelism) {
    return attach(examples, spec, parallelism, HelperOperator.SHIP_MILLIS);
  }

  /** The same with helpers that ship at another pace. */
  static LearnerStreams attach(
      DataStream<Example> examples, PerKeySpec spec, int parallelism, long shipMillis) {
    check(spec);
    String name = spec.learner();
    String group = name + "-split";
    SingleOutputStreamOperator<Example> cold =
        examples
            .transform(
                name + " router", RecordTypes.EXAMPLE, HotKeyRouter.factory(spec, parallelism))
            .uid(name + "-router")
            .setParallelism(examples.getParallelism());
    SingleOutputStreamOperator<PredictionRecord> helpers =
        cold.getSideOutput(HotKeyRouter.HOT)
            .rebalance()
            .transform(
                name + " helpers", RecordTypes.PREDICTION, HelperOperator.factory(spec, shipMillis))
            .uid(name + "-helpers")
            .setParallelism(parallelism);
    CoLocation.join(helpers, group);
    DataStream<KeyDelta> deltas =
        atOnce(
            helpers.getSideOutput(HelperOperator.DELTAS),
            KeyDeltaSerializer.TYPE,
            name + "-deltas",
            parallelism);
    KeyChoice choice = spec.key();
    SingleOutputStreamOperator<PredictionRecord> models =
        cold.union(helpers.getSideOutput(HelperOperator.PASSED))
            .keyBy(choice::of, Types.STRING)
            .connect(deltas.keyBy(KeyDelta::key, Types.STRING))
            .transform(
                name + " models",
                RecordTypes.PREDICTION,
                HomeOperator.of(spec, PerKeyTraining.checkpointMillis(examples)))
            .uid(name + "-model")
            .setParallelism(parallelism);
    DataStream<WeightsMessage> truths =
        atOnce(
            models.getSideOutput(HomeOperator.TRUTHS),
            BackwardEdge.MESSAGE,
            name + "-truths",
            parallelism);
    BackwardEdge.attach(truths, name, List.of(), parallelism, group);
    return new LearnerStreams(
        models.union(helpers),
        models
            .getSideOutput(PerKeyOperator.METRICS)
            .union(helpers.getSideOutput(HelperOperator.METRICS)),
        models.getSideOutput(PerKeyOperator.BLOCKS),
        models.getSideOutput(PerKeyOperator.PARTS));
  }

  private static void check(PerKeySpec spec) {
    LearnerProvider provider =
        new LearnerRegistry(Thread.currentThread().getContextClassLoader())
            .require(spec.learner(), spec.type());
    if (!isPossible(provider, spec.settings()) || spec.prior() != null) {
      throw new IllegalArgumentException(
          "learner '"
              + spec.learner()
              + "': a split learner must be of sums and start from nothing, got "
              + spec.type()
              + (spec.prior() == null ? "" : " with a prior"));
    }
  }

  /** Chained behind what it copies: how long output waits is said by operator, not by output. */
  private static <T> DataStream<T> atOnce(
      DataStream<T> stream, TypeInformation<T> type, String name, int parallelism) {
    return stream
        .map(element -> element)
        .returns(type)
        .name(name)
        .uid(name)
        .setParallelism(parallelism)
        .setBufferTimeout(AT_ONCE);
  }
}
