package io.anabranch.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.job.pipeline.StubLearners;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.data.Target;
import io.anabranch.models.feature.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Decodes texts as a pipeline would. */
final class Decoding {
  static final long TIMESTAMP = 1_700_000_000_000L;

  private final Pipeline pipeline;
  private final RecordDecoder decoder;
  private final Example example = new Example();

  private Decoding(Pipeline pipeline, List<String> extraKeys) {
    this.pipeline = pipeline;
    this.decoder = RecordDecoders.of(pipeline, extraKeys);
  }

  /** The pipeline with an input and a target as its file would have them. */
  static Decoding of(String input, String target, String features, String... extraKeys) {
    String yaml =
        """
        pipeline: p
        input: {topic: in%s}
        target: {%s}
        features: %s
        learners: [{id: l, type: %s}]
        """
            .formatted(
                input.isEmpty() ? "" : ", " + input,
                target,
                features,
                target.contains("binary") ? "logistic-regression" : "majority-class");
    try {
      return new Decoding(
          PipelineFile.read(
              "p.yaml", yaml, List.of(), name -> Optional.empty(), StubLearners.registry()),
          List.of(extraKeys));
    } catch (PipelineException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A numeric target, whatever learners there are. */
  static Decoding numeric(String input) {
    Pipeline p = of(input, "field: y, type: multiclass", "auto").pipeline;
    return new Decoding(
        new Pipeline(
            p.name(),
            p.kafka(),
            p.input(),
            new Pipeline.TargetField("y", Target.numeric(), Optional.empty()),
            p.features(),
            p.learners(),
            p.evaluationWindow(),
            p.holdout(),
            p.drift(),
            p.topics(),
            p.delivery(),
            p.controlTopic(),
            p.flink(),
            p.checkpoint(),
            p.seed(),
            p.configHash()),
        List.of());
  }

  static Decoding json() {
    return of("", "field: y, type: binary, positive: 1", "auto");
  }

  Example decode(String text) throws RecordException {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  Example decode(byte[] value) throws RecordException {
    decoder.decode(value, "in", 3, 41, TIMESTAMP, example);
    return example;
  }

  RecordException failure(String text) {
    return failure(text.getBytes(StandardCharsets.UTF_8));
  }

  RecordException failure(byte[] value) {
    RecordException failure = catchThrowableOfType(RecordException.class, () -> decode(value));
    assertThat(failure).as("a failure").isNotNull();
    assertThat(example.features().size()).as("features left over").isZero();
    assertThat(example.labelled()).as("label left over").isFalse();
    return failure;
  }

  String extraKey(int i) {
    return decoder.extraKey(i);
  }

  /** What the encoder makes of values, by coordinate. */
  TreeMap<Integer, Float> encoded(Consumer<RecordEncoder> values) {
    RecordEncoder encoder = new RecordEncoder(pipeline.features(), pipeline.features().hashBits());
    FeatureVector vector = new FeatureVector();
    encoder.begin(vector);
    values.accept(encoder);
    encoder.end();
    return entries(vector);
  }

  static TreeMap<Integer, Float> entries(FeatureVector vector) {
    TreeMap<Integer, Float> entries = new TreeMap<>();
    for (int i = 0; i < vector.size(); i++) {
      entries.put(vector.coordinates()[i], vector.values()[i]);
    }
    return entries;
  }
}
