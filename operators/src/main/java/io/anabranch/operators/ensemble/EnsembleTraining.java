package io.anabranch.operators.ensemble;

import io.anabranch.models.data.Example;
import io.anabranch.operators.flink.KeyedBroadcast;
import io.anabranch.operators.flink.ShardKeys;
import io.anabranch.operators.record.ExampleBatch;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.record.VoteBatch;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Places a learner whose members are spread over subtasks into a job.
 *
 * <pre>
 * examples ─ numbering ─ broadcast ─ members ─ keyBy(place) ─ votes
 *    (one chain)                  (keyed state)            (one prediction)
 * </pre>
 */
public final class EnsembleTraining {
  private EnsembleTraining() {}

  /**
   * Predicts every example by the votes of all members, each of which then learns from it if it is
   * labelled.
   *
   * @param examples encoded records; of one subtask in the order in which they shall be learned
   * @param parallelism of members and votes, at least 1
   */
  public static LearnerStreams attach(
      SingleOutputStreamOperator<Example> examples, EnsembleSpec spec, int parallelism) {
    int members = spec.ensemble(Thread.currentThread().getContextClassLoader()).members();
    SingleOutputStreamOperator<ExampleBatch> numbered =
        examples
            .transform(
                spec.learner() + " numbering",
                RecordTypes.EXAMPLE_BATCH,
                NumberingOperator.factory())
            .uid(spec.learner() + "-numbering")
            .setParallelism(examples.getParallelism());
    SingleOutputStreamOperator<VoteBatch> votes =
        KeyedBroadcast.transform(
                numbered,
                spec.learner() + " members",
                RecordTypes.VOTE_BATCH,
                new MemberOperator(spec))
            .uid(spec.learner() + "-members")
            .setMaxParallelism(ShardKeys.KEY_GROUPS)
            .setParallelism(Math.min(parallelism, members));
    SingleOutputStreamOperator<PredictionRecord> predictions =
        votes
            .keyBy(VoteBatch::place, Types.INT)
            .transform(spec.learner() + " votes", RecordTypes.PREDICTION, new VotingOperator(spec))
            .uid(spec.learner() + "-votes")
            .setMaxParallelism(ShardKeys.KEY_GROUPS)
            .setParallelism(parallelism);
    return new LearnerStreams(
        predictions,
        predictions.getSideOutput(VotingOperator.METRICS),
        votes.getSideOutput(MemberOperator.BLOCKS),
        votes.getSideOutput(MemberOperator.PARTS));
  }
}
