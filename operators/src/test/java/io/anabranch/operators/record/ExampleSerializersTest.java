package io.anabranch.operators.record;

import static io.anabranch.operators.record.ExampleSamples.grouped;
import static io.anabranch.operators.record.ExampleSamples.labelled;
import static io.anabranch.operators.record.ExampleSamples.unlabelled;
import static io.anabranch.operators.record.RecordEquality.same;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Examples on the wire, alone and with a number. */
class ExampleSerializersTest {

  @Nested
  class Examples extends SerializerContract<Example> {
    Examples() {
      super(
          RecordTypes.EXAMPLE, new Example[] {new Example(), unlabelled(), labelled(), grouped()});
    }
  }

  @Nested
  class NumberedExamples extends SerializerContract<NumberedExample> {
    NumberedExamples() {
      super(
          RecordTypes.NUMBERED_EXAMPLE,
          new NumberedExample[] {numbered(0, unlabelled()), numbered(1L << 40, grouped())});
    }
  }

  @Test
  void anIndicatorTakesFourBytesOnTheWire() throws IOException {
    Example without = unlabelled();
    Example with = unlabelled();
    with.features().addSparse(12, -1);
    assertThat(bytes(with)).hasSize(bytes(without).length + Integer.BYTES);
  }

  @Test
  void aReusedExampleKeepsNothingOfTheOneBefore() throws IOException {
    Example reuse = labelled();
    ExampleSerializer.INSTANCE.deserialize(reuse, new DataInputDeserializer(bytes(new Example())));
    Example fresh = new Example();
    fresh.clear();
    assertThat(same(reuse, fresh)).isTrue();
  }

  @Test
  void textsOfAnyLengthPass() throws IOException {
    Example example = unlabelled();
    example.identify("i".repeat(100_000), "é".repeat(70_000), 1);
    Example read =
        ExampleSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes(example)));
    assertThat(same(read, example)).isTrue();
  }

  private static NumberedExample numbered(long number, Example example) {
    NumberedExample numbered = new NumberedExample();
    numbered.of(number, example);
    return numbered;
  }

  private static byte[] bytes(Example example) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    ExampleSerializer.INSTANCE.serialize(example, out);
    return out.getCopyOfBuffer();
  }
}
