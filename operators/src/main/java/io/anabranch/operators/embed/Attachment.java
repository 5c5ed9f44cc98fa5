package io.anabranch.operators.embed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.keyed.KeyChoice;
import io.anabranch.operators.keyed.PerKeySpec;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.RecordTypes;
import io.anabranch.operators.shared.PriorSpec;
import io.anabranch.operators.shared.SharedLoop;
import io.anabranch.operators.shared.SharedSpec;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Checks what was chosen for a learner, and adds it to the job. */
final class Attachment<T> {
  private static final String CO_LOCATION = "anabranch-trainers-";

  private final OnlineLearning<T> chosen;
  private final Features<T> features;
  private final Label<T> label;
  private final String name;
  private final int parallelism;

  /** An attachment of what names features, label and type. */
  Attachment(OnlineLearning<T> chosen) {
    this.chosen = chosen;
    features = LearnerChoice.given("features", chosen.features);
    label = LearnerChoice.given("label", chosen.label);
    if (chosen.type.isEmpty()) {
      throw new IllegalArgumentException(
          "learner must be given: .learner(\"logistic-regression\")");
    }
    name = chosen.name.isEmpty() ? chosen.type : chosen.name;
    parallelism = LearnerChoice.parallelism(chosen.stream.getExecutionEnvironment());
  }

  LearningStreams<T> attach() {
    LearnerProvider provider = provider();
    ExampleMapping<T> mapping = mapping(provider);
    LearnerSettings settings =
        new LearnerSettings(label.target(), chosen.hashBits, chosen.hyper, chosen.seed);
    Placement placement = chosen.placement;
    LearnerChoice.requireStart(name, provider, chosen.start, settings, placement);
    LearnerChoice.requireCoding(name, provider, settings, placement, chosen.coding);
    SharedLoop from =
        chosen.prior == null
            ? null
            : PriorChoice.require(
                name, provider, settings, placement, chosen.stream, chosen.prior.loop());

    OutputTag<Refused<T>> refusals =
        new OutputTag<>("refused", Refused.type(chosen.stream.getType()));
    SingleOutputStreamOperator<Example> examples =
        Chaining.prepare(chosen.stream, parallelism)
            .transform(
                name + "-encode",
                RecordTypes.EXAMPLE,
                EncodeOperator.factory(name, mapping, refusals))
            .uid(name + "-encode")
            .setParallelism(parallelism);
    PlacedLearner placed =
        placement == Placement.SHARED
            ? shared(examples, settings)
            : perKey(examples, settings, from == null ? null : from.follow(name));
    DataStream<MetricsChunk> chunks =
        placed.streams().metrics().union(examples.getSideOutput(EncodeOperator.METRICS));
    return new LearningStreams<>(
        name,
        placed.streams().predictions(),
        chunks,
        label.target(),
        chosen.window,
        placed.models(),
        placed.loop(),
        examples.getSideOutput(refusals),
        new Scorer<>(name, chosen.type, settings, mapping));
  }

  private LearnerProvider provider() {
    LearnerProvider provider =
        new LearnerRegistry(Thread.currentThread().getContextClassLoader())
            .require(name, chosen.type);
    Placement placement = chosen.placement;
    LearnerChoice.require(name, provider, label.target(), placement);
    LearnerChoice.require(name, provider, chosen.hyper);
    LearnerChoice.require(name, chosen.drift, label.target());
    LearnerChoice.requireKeys(name, placement, chosen.limits, chosen.heapBytes);
    LearnerChoice.requireCoordinates(name, provider, placement, chosen.admit, chosen.limits);
    return provider;
  }

  private ExampleMapping<T> mapping(LearnerProvider provider) {
    return new ExampleMapping<>(
            new FieldReader<>(chosen.stream.getType()),
            features,
            label,
            chosen.id,
            chosen.key == null ? element -> "" : chosen.key,
            chosen.key != null && chosen.placement == Placement.PER_KEY,
            chosen.time,
            chosen.weight,
            chosen.hashBits,
            provider.usesGroups())
        .required();
  }

  private PlacedLearner shared(DataStream<Example> examples, LearnerSettings settings) {
    return PlacedLearner.shared(
        examples,
        new SharedSpec(
            name,
            chosen.type,
            settings,
            chosen.exchange.leavingOut(chosen.coding),
            chosen.window,
            new Holdout(chosen.holdout, chosen.seed),
            CO_LOCATION + parallelism,
            parallelism,
            chosen.start,
            chosen.drift,
            new CoordinateLimits(
                chosen.admit,
                chosen.limits.expires() ? chosen.limits.expireMillis() : CoordinateLimits.NEVER)),
        chosen.modelsMillis);
  }

  private PlacedLearner perKey(
      DataStream<Example> examples, LearnerSettings settings, @Nullable PriorSpec start) {
    return PlacedLearner.perKey(
        examples,
        new PerKeySpec(
            name,
            chosen.type,
            settings,
            chosen.key == null ? KeyChoice.ONE : KeyChoice.ENTITY,
            chosen.window,
            new Holdout(chosen.holdout, chosen.seed),
            chosen.heapBytes,
            chosen.limits,
            chosen.drift,
            start));
  }
}
