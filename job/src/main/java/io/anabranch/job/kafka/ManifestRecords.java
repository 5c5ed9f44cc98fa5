package io.anabranch.job.kafka;

import io.anabranch.job.kafka.FencedSink.Records;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.modellog.Manifest;
import io.anabranch.modellog.ModelLogWriter;
import io.anabranch.operators.record.ModelRecord;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Versions of models as Kafka records. */
final class ManifestRecords implements Records<ModelRecord.Manifest> {
  private final ModelLogWriter log;
  private final String configHash;
  private final Map<String, String> learnerTypes;

  ManifestRecords(ModelLogWriter log, Pipeline pipeline) {
    this.log = log;
    this.configHash = pipeline.configHash();
    this.learnerTypes =
        pipeline.learners().stream()
            .collect(Collectors.toUnmodifiableMap(LearnerEntry::id, LearnerEntry::type));
  }

  @Override
  public ProducerRecord<byte[], byte[]> of(ModelRecord.Manifest manifest) {
    return log.manifest(
        Manifest.of(
            log.pipeline(),
            manifest.learner(),
            learnerTypes.getOrDefault(manifest.learner(), ""),
            manifest.version(),
            manifest.checkpoint(),
            manifest.examples(),
            manifest.offsets(),
            configHash,
            manifest.blocks()));
  }
}
