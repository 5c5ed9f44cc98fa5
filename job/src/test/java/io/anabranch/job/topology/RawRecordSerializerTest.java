package io.anabranch.job.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RawRecordSerializerTest {
  private static RawRecord roundTrip(RawRecord record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    RawRecordSerializer.INSTANCE.serialize(record, out);
    return RawRecordSerializer.INSTANCE.deserialize(
        new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  @Test
  void aRecordComesBackAsItWas() throws IOException {
    RawRecord record = new RawRecord();
    record.set("topic", 3, 1L << 40, 5, new byte[] {1}, new byte[] {2, 3});
    record.defect(new byte[] {4});
    RawRecord back = roundTrip(record);
    assertThat(back).usingRecursiveComparison().isEqualTo(record);
    assertThat(RawRecordSerializer.INSTANCE.copy(record))
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  @Test
  void anAbsentKeyAndATombstoneStayAbsent() throws IOException {
    RawRecord record = new RawRecord();
    record.set("topic", 0, 0, 0, null, null);
    RawRecord back = roundTrip(record);
    assertThat(back.key()).isEmpty();
    assertThat(back.value()).isEmpty();
    assertThat(back.defect()).isEmpty();
  }
}
