package io.anabranch.job.decode;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.models.feature.RecordEncoder;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.List;

/** Makes the decoder of a pipeline. */
public final class RecordDecoders {

  private RecordDecoders() {}

  /**
   * The decoder of a pipeline's feature stream.
   *
   * @param extraKeys the fields that learners are keyed by instead of {@code input.key}; a record
   *     without one of them cannot be used
   */
  public static RecordDecoder of(Pipeline pipeline, List<String> extraKeys) {
    return decoder(
        pipeline,
        new RecordFields(pipeline.input(), pipeline.target(), extraKeys, encoder(pipeline)));
  }

  /** The same decoder, which also tells an observer what the fields hold that it looks at. */
  public static RecordDecoder observed(
      Pipeline pipeline, List<String> extraKeys, FieldObserver observer) {
    return decoder(
        pipeline,
        new ObservedFields(
            pipeline.input(), pipeline.target(), extraKeys, encoder(pipeline), observer));
  }

  private static RecordEncoder encoder(Pipeline pipeline) {
    LearnerRegistry registry = new LearnerRegistry(Thread.currentThread().getContextClassLoader());
    boolean grouped =
        pipeline.learners().stream()
            .map(learner -> registry.find(learner.type()))
            .anyMatch(provider -> provider.map(LearnerProvider::usesGroups).orElse(true));
    return new RecordEncoder(pipeline.features(), pipeline.features().hashBits(), grouped);
  }

  private static RecordDecoder decoder(Pipeline pipeline, RecordFields fields) {
    Format format = pipeline.input().format();
    return format instanceof Format.Csv csv ? new CsvDecoder(csv, fields) : new JsonDecoder(fields);
  }
}
