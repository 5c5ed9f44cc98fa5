package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.CoLocation;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Builds the loop of one shared learner: trainers chained to the examples, parameter shards behind
 * a {@code keyBy}, and receivers that bring weights back into the trainers' JVMs.
 */
public final class SharedTraining {
  /**
   * Deltas and weights are sent at once: a buffer that waits to be filled (100 ms by default) would
   * be most of the time between learning and being learned from, and a thread that flushes every
   * few milliseconds costs more than flushing the few messages of a shipment.
   */
  private static final long AT_ONCE = 0;

  private SharedTraining() {}

  /**
   * Attaches a learner to examples, which must have its parallelism and come without a shuffle.
   *
   * <p>Predictions are reused buffers: chain their consumers. Metrics and blocks are shipped before
   * each checkpoint barrier, manifest parts when a checkpoint completed.
   *
   * @throws IllegalArgumentException when the learner's type is unknown or cannot be shared
   */
  public static LearnerStreams attach(DataStream<Example> examples, SharedSpec spec) {
    return loop(examples, spec, List.of()).streams();
  }

  static SharedLoop loop(DataStream<Example> examples, SharedSpec spec, List<String> named) {
    String name = spec.learner();
    List<String> followers = new ArrayList<>(named); // more may come
    int shards = spec.mergeRule(Thread.currentThread().getContextClassLoader()).shape().shards();

    SingleOutputStreamOperator<PredictionRecord> trainer =
        examples
            .transform(name + "-trainer", RecordTypes.PREDICTION, TrainerOperator.factory(spec))
            .uid(name + "-trainer")
            .setParallelism(spec.parallelism())
            .setBufferTimeout(AT_ONCE);
    CoLocation.join(trainer, spec.coLocationGroup());

    SingleOutputStreamOperator<WeightsMessage> shard =
        trainer
            .getSideOutput(TrainerOperator.DELTAS)
            .keyBy(new ShardKeySelector(shards), Types.INT)
            .transform(name + "-shards", ExchangeTypes.WEIGHTS, new ShardOperator(spec))
            .uid(name + "-shards")
            .setParallelism(spec.parallelism())
            .setMaxParallelism(ShardKeys.KEY_GROUPS)
            .setBufferTimeout(AT_ONCE);

    BackwardEdge.attach(shard, name, followers, spec.parallelism(), spec.coLocationGroup());

    LearnerStreams streams =
        new LearnerStreams(
            trainer,
            trainer.getSideOutput(TrainerOperator.METRICS),
            shard.getSideOutput(ShardOperator.BLOCKS),
            shard.getSideOutput(ShardOperator.MANIFEST_PARTS));
    return new SharedLoop(spec, streams, shard, followers);
  }
}
