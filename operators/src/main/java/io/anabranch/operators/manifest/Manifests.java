package io.anabranch.operators.manifest;

import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.OffsetsChunk;
import io.anabranch.operators.record.RecordTypes;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Places the collection of manifests into a job. */
public final class Manifests {
  private Manifests() {}

  /**
   * One manifest per learner and completed checkpoint.
   *
   * @param parts of all learners
   * @param offsets one chunk of each decoding subtask per checkpoint, sent before its barrier; with
   *     an empty map when the subtask reads nothing
   */
  public static DataStream<ModelRecord.Manifest> collect(
      DataStream<ManifestPart> parts, DataStream<OffsetsChunk> offsets) {
    return parts
        .connect(offsets)
        .transform("manifests", RecordTypes.MANIFEST, new ManifestCollector())
        .uid("manifests")
        .forceNonParallel();
  }
}
