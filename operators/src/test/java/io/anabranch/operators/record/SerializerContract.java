package io.anabranch.operators.record;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's own contract for serializers, with records that are equal when their content is. */
abstract class SerializerContract<T> extends SerializerTestBase<T> {
  private final TypeInformation<T> type;
  private final T[] data;

  SerializerContract(TypeInformation<T> type, T[] data) {
    super(RecordEquality.BY_CONTENT);
    this.type = type;
    this.data = data;
  }

  @Override
  protected TypeSerializer<T> createSerializer() {
    return type.createSerializer(new SerializerConfigImpl());
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<T> getTypeClass() {
    return type.getTypeClass();
  }

  @Override
  protected T[] getTestData() {
    return data.clone();
  }
}
