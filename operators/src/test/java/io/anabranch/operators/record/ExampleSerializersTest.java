package io.anabranch.operators.record;

import static io.anabranch.operators.record.ExampleSamples.grouped;
import static io.anabranch.operators.record.ExampleSamples.labelled;
import static io.anabranch.operators.record.ExampleSamples.unlabelled;
import static io.anabranch.operators.record.RecordEquality.same;
import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  class BatchesOfExamples extends SerializerContract<ExampleBatch> {
    BatchesOfExamples() {
      super(
          RecordTypes.EXAMPLE_BATCH,
          new ExampleBatch[] {
            batch(0), batch(1L << 40, unlabelled()), batch(7, grouped(), labelled(), grouped())
          });
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

  @Test
  void aBatchShowsItsExamplesInTheOrderInWhichTheyCame() throws IOException {
    ExampleBatch read = batch(3, grouped(), grouped(), grouped());
    DataOutputSerializer out = new DataOutputSerializer(64);
    batch(9, labelled(), unlabelled()).writeTo(out);
    read.readFrom(new DataInputDeserializer(out.getCopyOfBuffer()));
    List<Example> shown = new ArrayList<>();
    read.forEach(new Example(), example -> shown.add(ExampleSerializer.INSTANCE.copy(example)));
    assertThat(read.first()).isEqualTo(9);
    assertThat(shown).hasSize(2);
    assertThat(same(shown.get(0), labelled())).isTrue();
    assertThat(same(shown.get(1), unlabelled())).isTrue();
  }

  private static ExampleBatch batch(long first, Example... examples) {
    ExampleBatch batch = new ExampleBatch();
    batch.begin(first);
    for (Example example : examples) {
      batch.add(example);
    }
    return batch;
  }

  private static byte[] bytes(Example example) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    ExampleSerializer.INSTANCE.serialize(example, out);
    return out.getCopyOfBuffer();
  }
}
