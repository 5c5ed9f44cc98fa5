package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/** Examples in a row on their way to the members of an ensemble. */
final class ExampleBatchSerializer extends BatchSerializer<Example, ExampleBatch> {
  static final ExampleBatchSerializer INSTANCE = new ExampleBatchSerializer();

  @Override
  public ExampleBatch createInstance() {
    return new ExampleBatch();
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ExampleBatch> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  @Override
  public Snapshot snapshotConfiguration() {
    return new Snapshot();
  }
}
