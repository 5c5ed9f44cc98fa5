package io.anabranch.operators.embed;

import io.anabranch.models.data.Target;
import io.anabranch.operators.evaluation.Evaluation;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.shared.SharedLoop;
import java.util.function.Supplier;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SideOutputDataStream;
import org.jspecify.annotations.Nullable;

/**
 * What a learner emits. Each stream may be used as often as one likes, or not at all.
 *
 * @param <T> the records of the stream
 */
@PublicEvolving
public final class LearningStreams<T> {
  private static final String KEY_BLOCK = "key:";

  private final String name;
  private final DataStream<PredictionRecord> predictions;
  private final DataStream<MetricsChunk> chunks;
  private final Target target;
  private final int window;
  private final Supplier<DataStream<ModelRecord.Block>> models;
  private final @Nullable SharedLoop loop;
  private final SideOutputDataStream<Refused<T>> refused;
  private final Scorer<T> scorer;
  private @Nullable DataStream<Predicted> predicted;
  private @Nullable DataStream<MetricsReport> reports;
  private @Nullable DataStream<LearnedModel> learned;

  LearningStreams(
      String name,
      DataStream<PredictionRecord> predictions,
      DataStream<MetricsChunk> chunks,
      Target target,
      int window,
      Supplier<DataStream<ModelRecord.Block>> models,
      @Nullable SharedLoop loop,
      SideOutputDataStream<Refused<T>> refused,
      Scorer<T> scorer) {
    this.name = name;
    this.predictions = predictions;
    this.chunks = chunks;
    this.target = target;
    this.window = window;
    this.models = models;
    this.loop = loop;
    this.refused = refused;
    this.scorer = scorer;
  }

  /** One for each record that could be used, labelled or not, made before its label was learned. */
  public DataStream<Predicted> predictions() {
    if (predicted == null) {
      predicted =
          predictions
              .map(Predicted::of)
              .returns(EmbedTypes.PREDICTED)
              .name(name + "-predictions")
              .uid(name + "-predictions");
    }
    return predicted;
  }

  /**
   * Prequential figures: one report for each window of scored examples, and a cumulative one
   * (window 0) about once a second and at the end of input, if something changed. Records that were
   * refused are counted as {@code deadLetters}.
   */
  public DataStream<MetricsReport> metrics() {
    if (reports == null) {
      reports = Evaluation.merge(chunks, target, window, name + "-evaluation");
    }
    return reports;
  }

  /**
   * Whole models. A shared one is emitted as often as {@link OnlineLearning#modelsEvery} says, if
   * it changed, and at the end of input; a key's own, when a checkpoint is taken or the model
   * leaves the heap, and at the end of input; {@link LearnedModel#isForgotten forgotten} ones
   * follow.
   */
  public DataStream<LearnedModel> models() {
    if (learned == null) {
      DataStream<ModelRecord.Block> blocks = models.get();
      learned =
          blocks
              .map(LearningStreams::model)
              .returns(EmbedTypes.MODEL)
              .name(name + "-models")
              .uid(name + "-models")
              .setParallelism(blocks.getParallelism());
    }
    return learned;
  }

  private static LearnedModel model(ModelRecord.Block block) {
    String key =
        block.block().startsWith(KEY_BLOCK) ? block.block().substring(KEY_BLOCK.length()) : "";
    return new LearnedModel(block.learner(), key, block.version(), block.payload());
  }

  /** Records that could not be used, with the reason. They are counted, whoever reads them. */
  public DataStream<Refused<T>> refused() {
    return refused;
  }

  /** The loop of a shared learner, null of another. */
  @Nullable SharedLoop loop() {
    return loop;
  }

  /** Predicts with {@link #models()}, here or anywhere else. */
  public Scorer<T> scorer() {
    return scorer;
  }
}
