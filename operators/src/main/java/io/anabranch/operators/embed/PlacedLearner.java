package io.anabranch.operators.embed;

import io.anabranch.models.data.Example;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.keyed.PerKeyTraining;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.shared.SharedLoop;
import io.anabranch.operators.shared.SharedSpec;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * A learner in its place.
 *
 * @param streams what it emits
 * @param models how its whole models are had
 * @param loop of a shared one: what others can start from
 */
record PlacedLearner(
    LearnerStreams streams,
    Supplier<DataStream<ModelRecord.Block>> models,
    @Nullable SharedLoop loop) {

  static PlacedLearner shared(DataStream<Example> examples, SharedSpec spec, long modelsMillis) {
    SharedLoop loop = SharedLoop.attach(examples, spec);
    return new PlacedLearner(loop.streams(), () -> loop.models(modelsMillis), loop);
  }

  static PlacedLearner perKey(DataStream<Example> examples, PerKeySpec spec) {
    LearnerStreams streams = PerKeyTraining.attach(examples, spec);
    return new PlacedLearner(streams, streams::blocks, null);
  }
}
