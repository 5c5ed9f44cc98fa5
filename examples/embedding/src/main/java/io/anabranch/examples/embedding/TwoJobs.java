package io.anabranch.examples.embedding;

import io.anabranch.operators.embed.LearnedModel;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.Predicted;
import io.anabranch.operators.embed.Scorer;
import java.util.Optional;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Models that are learned from one stream predict another, whose labels never come. */
public final class TwoJobs {
  private static final MapStateDescriptor<String, LearnedModel> MODELS =
      new MapStateDescriptor<>(
          "models", TypeInformation.of(String.class), TypeInformation.of(LearnedModel.class));

  private TwoJobs() {}

  /** Predicts other visits by the newest model. */
  public static DataStream<Predicted> predict(
      LearningStreams<Visit> learning, DataStream<Visit> others) {
    return others
        .connect(learning.models().broadcast(MODELS))
        .process(new Newest(learning.scorer()))
        .returns(TypeInformation.of(Predicted.class));
  }

  /** Holds the newest model; visits that come before the first one are not predicted. */
  private static final class Newest
      extends BroadcastProcessFunction<Visit, LearnedModel, Predicted> {
    private final Scorer<Visit> scorer;
    private transient Scorer.@Nullable Predictor<Visit> newest;

    Newest(Scorer<Visit> scorer) {
      this.scorer = scorer;
    }

    @Override
    public void processBroadcastElement(
        LearnedModel model, Context context, Collector<Predicted> out) throws Exception {
      context.getBroadcastState(MODELS).put("newest", model);
      newest = scorer.load(model);
    }

    @Override
    public void processElement(Visit visit, ReadOnlyContext context, Collector<Predicted> out)
        throws Exception {
      LearnedModel restored = context.getBroadcastState(MODELS).get("newest");
      if (newest == null && restored != null) {
        newest = scorer.load(restored);
      }
      Optional.ofNullable(newest).ifPresent(model -> out.collect(model.predict(visit)));
    }
  }
}
