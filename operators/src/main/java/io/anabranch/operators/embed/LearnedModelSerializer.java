package io.anabranch.operators.embed;

import io.anabranch.operators.record.ElementSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Models on their way through somebody's job. */
final class LearnedModelSerializer extends ElementSerializer<LearnedModel> {
  static final LearnedModelSerializer INSTANCE = new LearnedModelSerializer();

  @Override
  public LearnedModel createInstance() {
    return new LearnedModel("", "", 0, new byte[0]);
  }

  @Override
  public void serialize(LearnedModel element, DataOutputView target) throws IOException {
    StringValue.writeString(element.learner(), target);
    StringValue.writeString(element.key(), target);
    target.writeLong(element.version());
    target.writeInt(element.bytes().length);
    target.write(element.bytes());
  }

  @Override
  public LearnedModel deserialize(DataInputView source) throws IOException {
    String learner = StringValue.readString(source);
    String key = StringValue.readString(source);
    long version = source.readLong();
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return new LearnedModel(learner, key, version, bytes);
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LearnedModel> {
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
