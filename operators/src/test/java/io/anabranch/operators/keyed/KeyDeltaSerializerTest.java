package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class KeyDeltaSerializerTest {

  @Test
  void deltasComeBackWhole() throws IOException {
    KeyDelta delta = new KeyDelta(-5, "Zürich", 3, 1L << 40, 17, new byte[] {1, -2, 3});
    DataOutputSerializer out = new DataOutputSerializer(64);
    KeyDeltaSerializer.INSTANCE.serialize(delta, out);
    assertThat(
            KeyDeltaSerializer.INSTANCE.deserialize(
                new DataInputDeserializer(out.getCopyOfBuffer())))
        .usingRecursiveComparison()
        .isEqualTo(delta);
  }
}
