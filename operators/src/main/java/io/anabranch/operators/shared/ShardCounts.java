package io.anabranch.operators.shared;

import io.anabranch.operators.record.ElementSerializer;
import io.anabranch.operators.record.ElementType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a shard keeps besides its blocks.
 *
 * @param examples examples learned, in the shard that counts them
 * @param identities the sum of their identities
 * @param version the model version cut with this state
 */
record ShardCounts(long examples, long identities, long version) {
  static final ShardCounts NONE = new ShardCounts(0, 0, 0);
  static final TypeInformation<ShardCounts> TYPE =
      new ElementType<>(ShardCounts.class, Serializer.INSTANCE);

  /** Counts in keyed state. */
  static final class Serializer extends ElementSerializer<ShardCounts> {
    static final Serializer INSTANCE = new Serializer();

    @Override
    public ShardCounts createInstance() {
      return NONE;
    }

    @Override
    public void serialize(ShardCounts counts, DataOutputView target) throws IOException {
      target.writeLong(counts.examples());
      target.writeLong(counts.identities());
      target.writeLong(counts.version());
    }

    @Override
    public ShardCounts deserialize(DataInputView source) throws IOException {
      return new ShardCounts(source.readLong(), source.readLong(), source.readLong());
    }

    @Override
    public Snapshot snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ShardCounts> {
    /** For Flink. */
    public Snapshot() {
      super(() -> Serializer.INSTANCE);
    }
  }
}
