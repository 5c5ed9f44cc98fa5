package io.anabranch.job.topology;

import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.data.Example;
import io.anabranch.operators.ensemble.EnsembleSpec;
import io.anabranch.operators.ensemble.EnsembleTraining;
import io.anabranch.operators.evaluation.Evaluation;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.keyed.PerKeyTraining;
import io.anabranch.operators.keyed.SplitTraining;
import io.anabranch.operators.manifest.Manifests;
import io.anabranch.operators.record.LearnerStreams;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.ExchangeSettings;
import io.anabranch.operators.shared.PriorSpec;
import io.anabranch.operators.shared.SharedLoop;
import io.anabranch.operators.shared.SharedSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Connects the operators of a pipeline.
 *
 * <pre>
 * source ─ decode ─┬─ trainer of each shared learner ─── predictions sink     (one chain)
 *                  ├─ keyBy ─ models of each per-key learner ─ predictions sink
 *                  ├─ broadcast ─ members of each ensemble ─ keyBy ─ votes ─ predictions sink
 *                  ├─ dead letters sink
 *                  ├─ counts, with the learners' chunks ─ evaluation ─ metrics sink
 *                  └─ offsets, with the learners' parts ─ manifests ─ models sink
 * </pre>
 *
 * <p>Every operator has a name and a uid that follow from the pipeline file alone, so that state is
 * found again when a pipeline grows. Event time is a field of the records; nothing waits for
 * watermarks, so there are none.
 */
public final class Topology {
  /** Key groups: fixed, because the spread of parameter shards over subtasks depends on it. */
  public static final int MAX_PARALLELISM = 128;

  /** Trainers and what brings weights back to them share slots by index. */
  private static final String CO_LOCATION = "trainers";

  private final Pipeline pipeline;
  private final Sinks sinks;
  private final int parallelism;

  private Topology(Pipeline pipeline, Sinks sinks, int parallelism) {
    this.pipeline = pipeline;
    this.sinks = sinks;
    this.parallelism = parallelism;
  }

  /**
   * Defines the whole job.
   *
   * @param parallelism of every operator that works in parallel, at least 1
   * @return the manifests, out of one subtask, for what the caller wants to put behind them
   */
  public static DataStream<ModelRecord.Manifest> define(
      StreamExecutionEnvironment environment,
      Pipeline pipeline,
      Sources sources,
      Sinks sinks,
      int parallelism) {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism must be between 1 and " + MAX_PARALLELISM + ", got " + parallelism);
    }
    environment.setParallelism(parallelism);
    environment.setMaxParallelism(MAX_PARALLELISM);
    return new Topology(pipeline, sinks, parallelism).define(environment, sources);
  }

  private DataStream<ModelRecord.Manifest> define(
      StreamExecutionEnvironment environment, Sources sources) {
    SingleOutputStreamOperator<Example> decoded = decode(environment, sources);
    sink(decoded.getSideOutput(DecodeOperator.DEAD_LETTERS), sinks.deadLetters(), "dead-letters");
    List<LearnerStreams> learners = new ArrayList<>();
    for (LearnerEntry learner : pipeline.learners()) {
      LearnerStreams streams = place(learner, decoded);
      sink(streams.predictions(), sinks.predictions(learner), learner.id() + "-predictions");
      learners.add(streams);
    }
    DataStream<MetricsChunk> chunks =
        union(learners, LearnerStreams::metrics)
            .union(decoded.getSideOutput(DecodeOperator.METRICS));
    sink(
        Evaluation.merge(chunks, pipeline.target().target(), pipeline.evaluationWindow()),
        sinks.metrics(),
        "metrics");
    sink(union(learners, LearnerStreams::blocks), sinks.blocks(), "model-blocks");
    DataStream<ModelRecord.Manifest> manifests =
        Manifests.collect(
            union(learners, LearnerStreams::manifestParts),
            decoded.getSideOutput(DecodeOperator.OFFSETS));
    sink(manifests, sinks.manifests(), "model-manifests").setParallelism(1);
    return manifests;
  }

  private SingleOutputStreamOperator<Example> decode(
      StreamExecutionEnvironment environment, Sources sources) {
    DataStream<RawRecord> raw =
        environment
            .fromSource(sources.features(), WatermarkStrategy.noWatermarks(), "features")
            .uid("features")
            .setParallelism(parallelism);
    return (pipeline.input().spread() ? raw.rebalance() : raw)
        .transform("decode", RecordTypes.EXAMPLE, decode())
        .uid("decode")
        .setParallelism(parallelism);
  }

  private DecodeOperator decode() {
    Pipeline pipeline = this.pipeline;
    List<String> keyFields = LearnerKey.otherFields(pipeline);
    return new DecodeOperator(
        () -> RecordDecoders.of(pipeline, keyFields),
        pipeline.input().topic(),
        pipeline.target().target(),
        pipeline.learners().stream().map(LearnerEntry::id).toList(),
        keyFields);
  }

  private LearnerStreams place(LearnerEntry learner, SingleOutputStreamOperator<Example> decoded) {
    return switch (learner.placement()) {
      case SHARED -> SharedLoop.attach(decoded, shared(learner), followers(learner)).streams();
      case PER_KEY -> {
        LearnerKey key = LearnerKey.of(pipeline, learner);
        DataStream<Example> keyed = key.field().map(field -> side(decoded, field)).orElse(decoded);
        PerKeySpec spec =
            new PerKeySpec(
                learner.id(),
                learner.type(),
                learner.settings(),
                key.choice(),
                pipeline.evaluationWindow(),
                pipeline.holdout(),
                learner.heapBytes(),
                learner.limits(),
                pipeline.drift(),
                prior(learner));
        // Of one subtask all others are none.
        yield learner.split()
            ? SplitTraining.attach(keyed, spec, parallelism)
            : PerKeyTraining.attach(keyed, spec);
      }
      case ENSEMBLE ->
          EnsembleTraining.attach(
              decoded,
              new EnsembleSpec(
                  learner.id(),
                  learner.type(),
                  learner.settings(),
                  pipeline.evaluationWindow(),
                  pipeline.holdout(),
                  pipeline.drift()),
              parallelism);
    };
  }

  private SharedSpec shared(LearnerEntry learner) {
    return new SharedSpec(
        learner.id(),
        learner.type(),
        learner.settings(),
        new ExchangeSettings(
            learner.exchange().examples(),
            learner.exchange().intervalMillis(),
            learner.exchange().publishMillis(),
            learner.exchange().coding()),
        pipeline.evaluationWindow(),
        pipeline.holdout(),
        CO_LOCATION,
        parallelism,
        new byte[0],
        pipeline.drift(),
        learner.coordinates());
  }

  /** The learners whose new keys start from this one's model. */
  private List<String> followers(LearnerEntry shared) {
    return pipeline.learners().stream()
        .filter(learner -> learner.prior().equals(shared.id()))
        .map(LearnerEntry::id)
        .toList();
  }

  private @Nullable PriorSpec prior(LearnerEntry learner) {
    return pipeline.learners().stream()
        .filter(shared -> shared.id().equals(learner.prior()))
        .findFirst()
        .map(shared -> new PriorSpec(shared(shared), learner.id()))
        .orElse(null);
  }

  private static DataStream<Example> side(
      SingleOutputStreamOperator<Example> decoded, String field) {
    return decoded.getSideOutput(DecodeOperator.keyedBy(field));
  }

  private static <T> DataStream<T> union(
      List<LearnerStreams> learners, Function<LearnerStreams, DataStream<T>> part) {
    return learners.stream().map(part).reduce((a, b) -> a.union(b)).orElseThrow();
  }

  private static <T> DataStreamSink<T> sink(DataStream<T> stream, Sink<T> sink, String name) {
    return stream.sinkTo(sink).name(name).uid(name);
  }
}
