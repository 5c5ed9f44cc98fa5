package io.anabranch.operators.manifest;

import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.OffsetsChunk;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Joins parts and offsets to manifests. It has no state: parts are sent after their checkpoint
 * completed, so what waits here at a failure belongs to checkpoints whose parts never come again.
 */
final class ManifestCollector extends AbstractStreamOperator<ModelRecord.Manifest>
    implements TwoInputStreamOperator<ManifestPart, OffsetsChunk, ModelRecord.Manifest> {

  // -- runtime

  private transient ManifestAssembly assembly;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  ManifestCollector() {}

  @Override
  public void open() throws Exception {
    super.open();
    assembly = new ManifestAssembly();
  }

  @Override
  public void processElement1(StreamRecord<ManifestPart> element) {
    assembly.add(element.getValue()).ifPresent(this::emit);
  }

  @Override
  public void processElement2(StreamRecord<OffsetsChunk> element) {
    assembly.add(element.getValue()).forEach(this::emit);
  }

  private void emit(ModelRecord.Manifest manifest) {
    output.collect(new StreamRecord<>(manifest));
  }
}
