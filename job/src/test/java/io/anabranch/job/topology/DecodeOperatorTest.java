package io.anabranch.job.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.output.DeadLetter;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import io.anabranch.models.data.Example;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.OffsetsChunk;
import io.anabranch.operators.record.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeOperatorTest {
  private final Pipeline pipeline =
      TestPipelines.of(
          TestPipelines.perKey("a", new KeyChoice.Inherited()),
          TestPipelines.perKey("b", new KeyChoice.Field("day")));
  private OneInputStreamOperatorTestHarness<RawRecord, Example> harness;
  private long offset = 40;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new DecodeOperator(
                () -> RecordDecoders.of(pipeline, List.of("day")),
                "p.features",
                pipeline.target().target(),
                List.of("a", "b"),
                List.of("day")),
            RawRecord.TYPE.createSerializer(new ExecutionConfig().getSerializerConfig()));
    harness.setup(
        RecordTypes.EXAMPLE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void send(String value) throws Exception {
    RawRecord record = new RawRecord();
    record.set("p.features", 2, offset++, 1_000, "k".getBytes(UTF_8), value.getBytes(UTF_8));
    harness.processElement(new StreamRecord<>(record));
  }

  private <T> List<T> side(OutputTag<T> tag) {
    List<T> elements = new ArrayList<>();
    if (harness.getSideOutput(tag) != null) {
      harness.getSideOutput(tag).forEach(element -> elements.add(element.getValue()));
    }
    return elements;
  }

  @Test
  void aRecordIsDecodedAndReachesLearnersByTheirOwnKeys() throws Exception {
    send("{\"id\":\"r1\",\"site\":\"north\",\"day\":\"mon\",\"x\":1.5,\"y\":1}");
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(example -> assertThat(example.id()).isEqualTo("r1"))
        .satisfies(example -> assertThat(example.key()).isEqualTo("north"))
        .satisfies(example -> assertThat(example.time()).isEqualTo(1_000))
        .satisfies(example -> assertThat(example.label()).isEqualTo("1"));
    assertThat(side(DecodeOperator.keyedBy("day")))
        .singleElement()
        .satisfies(example -> assertThat(example.id()).isEqualTo("r1"))
        .satisfies(example -> assertThat(example.key()).isEqualTo("mon"));
    assertThat(side(DecodeOperator.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void whatCannotBeDecodedIsADeadLetterWithItsBytesAndItsPlace() throws Exception {
    send("not JSON");
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(side(DecodeOperator.keyedBy("day"))).isEmpty();
    DeadLetter letter = side(DecodeOperator.DEAD_LETTERS).get(0);
    assertThat(letter.stage()).isEqualTo("decode");
    assertThat(letter.error()).isNotEmpty();
    assertThat(letter.topic()).isEqualTo("p.features");
    assertThat(letter.partition()).isEqualTo(2);
    assertThat(letter.offset()).isEqualTo(40);
    assertThat(letter.key().orElseThrow()).isEqualTo("k".getBytes(UTF_8));
    assertThat(letter.value().orElseThrow()).isEqualTo("not JSON".getBytes(UTF_8));
  }

  @Test
  void whatItsProducerFoundDefectiveIsADeadLetterEvenIfItCouldBeDecoded() throws Exception {
    RawRecord record = new RawRecord();
    byte[] value = "{\"site\":\"north\",\"day\":\"mon\",\"x\":1.5,\"y\":1}".getBytes(UTF_8);
    record.set("p.features", 2, 40, 1_000, null, value);
    record.defect("f.csv:7: a row must have 2 cells as the header has, got 1".getBytes(UTF_8));
    harness.processElement(new StreamRecord<>(record));
    assertThat(harness.extractOutputValues()).isEmpty();
    DeadLetter letter = side(DecodeOperator.DEAD_LETTERS).get(0);
    assertThat(letter.error())
        .isEqualTo("f.csv:7: a row must have 2 cells as the header has, got 1");
    assertThat(letter.stage()).isEqualTo("decode");
    assertThat(letter.value().orElseThrow()).isEqualTo(value);

    record.set("p.features", 2, 41, 1_000, null, value);
    harness.processElement(new StreamRecord<>(record));
    assertThat(harness.extractOutputValues()).as("of the next record nothing was said").hasSize(1);
  }

  @Test
  void aTombstoneIsADeadLetterWithoutAValue() throws Exception {
    RawRecord record = new RawRecord();
    record.set("p.features", 0, 0, 0, null, null);
    harness.processElement(new StreamRecord<>(record));
    DeadLetter letter = side(DecodeOperator.DEAD_LETTERS).get(0);
    assertThat(letter.key()).isEqualTo(Optional.empty());
    assertThat(letter.value()).isEqualTo(Optional.empty());
  }

  @Test
  void countsAndOffsetsLeaveBeforeTheBarrier() throws Exception {
    send("{\"id\":\"r1\",\"site\":\"north\",\"day\":\"mon\",\"x\":1.5,\"y\":1}");
    send("{\"id\":\"r2\",\"site\":\"north\",\"day\":\"mon\",\"x\":1.5}");
    send("{");
    harness.prepareSnapshotPreBarrier(7);
    assertThat(side(DecodeOperator.METRICS))
        .extracting(MetricsChunk::learner, MetricsChunk::input)
        .containsExactly(
            tuple("a", new InputCounts(2, 1, 1)), tuple("b", new InputCounts(2, 1, 1)));
    assertThat(side(DecodeOperator.OFFSETS))
        .containsExactly(new OffsetsChunk(7, 0, 1, Map.of("p.features-2", 43L)));
  }

  @Test
  void countsLeaveFiveTimesASecondAndAtTheEndOfInput() throws Exception {
    send("{\"id\":\"r1\",\"site\":\"north\",\"day\":\"mon\",\"x\":1.5,\"y\":1}");
    harness.setProcessingTime(200);
    assertThat(side(DecodeOperator.METRICS)).hasSize(2);
    send("{");
    harness.endInput();
    assertThat(side(DecodeOperator.METRICS)).hasSize(4);
  }
}
