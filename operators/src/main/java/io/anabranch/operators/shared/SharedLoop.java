package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.RecordTypes;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The loop of one shared learner, attached, and what can be had of it on demand. */
public final class SharedLoop {
  private final SharedSpec spec;
  private final LearnerStreams streams;
  private final SingleOutputStreamOperator<WeightsMessage> shards;
  private final List<String> followers;

  SharedLoop(
      SharedSpec spec,
      LearnerStreams streams,
      SingleOutputStreamOperator<WeightsMessage> shards,
      List<String> followers) {
    this.spec = spec;
    this.streams = streams;
    this.shards = shards;
    this.followers = followers;
  }

  /** As {@link SharedTraining#attach}. */
  public static SharedLoop attach(DataStream<Example> examples, SharedSpec spec) {
    return attach(examples, spec, List.of());
  }

  /**
   * The same, of which other learners' keys start.
   *
   * @param followers the ids of these learners: each gets a {@link PriorSpec}
   */
  public static SharedLoop attach(
      DataStream<Example> examples, SharedSpec spec, List<String> followers) {
    return SharedTraining.loop(examples, spec, followers);
  }

  /** What the learner emits. */
  public LearnerStreams streams() {
    return streams;
  }

  /** The learner. */
  public SharedSpec spec() {
    return spec;
  }

  /** Lets new keys of another learner start from the model; to be said before the job is built. */
  public PriorSpec follow(String follower) {
    followers.add(follower);
    return new PriorSpec(spec, follower);
  }

  /**
   * The whole model, in one block named {@link ModelAssembler#BLOCK}: whenever it changed, but not
   * more often than this, and at the end of input.
   */
  public DataStream<ModelRecord.Block> models(long everyMillis) {
    return shards
        .getSideOutput(ShardOperator.WHOLE)
        .transform(
            spec.learner() + "-assembler",
            RecordTypes.BLOCK,
            ModelAssembler.factory(spec, everyMillis))
        .uid(spec.learner() + "-assembler")
        .forceNonParallel();
  }
}
