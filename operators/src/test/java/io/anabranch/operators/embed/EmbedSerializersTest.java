package io.anabranch.operators.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EmbedSerializersTest {

  @Test
  void aPredictionComesBackAsItWas() throws IOException {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    probabilities.put("b", 0.75);
    probabilities.put("a", 0.25);
    Predicted predicted =
        new Predicted("l", "i", "k", 3, 4, true, 0.5, "b", probabilities, Double.NaN);
    assertThat(roundTrip(predicted, TypeInformation.of(Predicted.class))).isEqualTo(predicted);
  }

  @Test
  void aModelComesBackAsItWas() throws IOException {
    LearnedModel model = new LearnedModel("l", "k", 3, new byte[] {1, 2, 3});
    assertThat(roundTrip(model, TypeInformation.of(LearnedModel.class)))
        .usingRecursiveComparison()
        .isEqualTo(model);
  }

  @Test
  void aRefusalComesBackAsItWasWhateverItsRecord() throws IOException {
    Refused<String> refused = new Refused<>("broken", "must be whole, got broken");
    assertThat(roundTrip(refused, Refused.type(Types.STRING))).isEqualTo(refused);
  }

  private static <T> T roundTrip(T element, TypeInformation<T> type) throws IOException {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(element, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T back = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return back;
  }
}
