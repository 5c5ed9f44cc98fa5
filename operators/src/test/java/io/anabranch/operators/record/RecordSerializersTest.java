package io.anabranch.operators.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Flink's own contract for serializers, kept by each of ours. */
class RecordSerializersTest {

  abstract static class Contract<T> extends SerializerTestBase<T> {
    private final TypeInformation<T> type;
    private final T[] data;

    Contract(TypeInformation<T> type, T[] data) {
      super(BY_CONTENT);
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

  @Nested
  class Examples extends Contract<Example> {
    Examples() {
      super(
          RecordTypes.EXAMPLE, new Example[] {new Example(), unlabelled(), labelled(), grouped()});
    }
  }

  @Nested
  class Predictions extends Contract<PredictionRecord> {
    Predictions() {
      super(
          RecordTypes.PREDICTION,
          new PredictionRecord[] {
            predicted(unlabelled(), Prediction::clear),
            predicted(labelled(), prediction -> prediction.binary(0.7)),
            predicted(labelled(), prediction -> prediction.decision(true)),
            predicted(labelled(), RecordSerializersTest::manyClasses),
            predicted(unlabelled(), prediction -> prediction.numeric(-3.5))
          });
    }
  }

  @Nested
  class NumberedExamples extends Contract<NumberedExample> {
    NumberedExamples() {
      super(
          RecordTypes.NUMBERED_EXAMPLE,
          new NumberedExample[] {numbered(0, unlabelled()), numbered(1L << 40, grouped())});
    }
  }

  @Nested
  class VotesOfMembers extends Contract<MemberVotes> {
    VotesOfMembers() {
      super(
          RecordTypes.MEMBER_VOTES,
          new MemberVotes[] {
            votes(unlabelled(), prediction -> prediction.binary(0.7)),
            votes(labelled(), prediction -> prediction.decision(true)),
            votes(labelled(), RecordSerializersTest::manyClasses),
            votes(null, prediction -> prediction.multiclass(""))
          });
    }
  }

  @Nested
  class Counts extends Contract<InputCounts> {
    Counts() {
      super(
          RecordTypes.INPUT_COUNTS,
          new InputCounts[] {InputCounts.NONE, new InputCounts(1L << 40, 2, 3)});
    }
  }

  @Nested
  class Chunks extends Contract<MetricsChunk> {
    Chunks() {
      super(RecordTypes.METRICS_CHUNK, new MetricsChunk[] {chunk(0), chunk(1), chunk(300)});
    }
  }

  @Nested
  class Reports extends Contract<MetricsReport> {
    Reports() {
      super(
          RecordTypes.METRICS_REPORT,
          new MetricsReport[] {
            new MetricsReport("lr", 1000, 17, 999, 1000, InputCounts.NONE, new TreeMap<>()),
            new MetricsReport(
                "lr", 0, 18, 5, 4, new InputCounts(6, 1, 1), new TreeMap<>(Map.of("auc", 0.5))),
            new MetricsReport(
                "lr",
                0,
                18,
                5,
                4,
                InputCounts.NONE,
                new TreeMap<>(Map.of("auc", 0.5)),
                new TreeMap<>(Map.of("hot", 0.75)))
          });
    }
  }

  @Nested
  class Offsets extends Contract<OffsetsChunk> {
    Offsets() {
      super(
          RecordTypes.OFFSETS_CHUNK,
          new OffsetsChunk[] {
            new OffsetsChunk(1, 0, 2, Map.of()),
            new OffsetsChunk(7, 1, 2, Map.of("in-0", 5L, "in-1", 1L << 40))
          });
    }
  }

  @Nested
  class Parts extends Contract<ManifestPart> {
    Parts() {
      super(
          RecordTypes.MANIFEST_PART,
          new ManifestPart[] {
            new ManifestPart("lr", 1, 1_700_000_000_000L, 0, 2, 0, Map.of()),
            new ManifestPart("lr", 2, 1_700_000_000_001L, 1, 2, 12, Map.of("key:é", -1))
          });
    }
  }

  @Nested
  class Blocks extends Contract<ModelRecord.Block> {
    Blocks() {
      super(
          RecordTypes.BLOCK,
          new ModelRecord.Block[] {
            new ModelRecord.Block("lr", "0-0", 1, new byte[0]),
            new ModelRecord.Block("lr", "key:a", 2, new byte[] {1, -2, 3})
          });
    }
  }

  @Nested
  class Manifests extends Contract<ModelRecord.Manifest> {
    Manifests() {
      super(
          RecordTypes.MANIFEST,
          new ModelRecord.Manifest[] {
            new ModelRecord.Manifest("lr", 1, 2, 3, Map.of(), Map.of()),
            new ModelRecord.Manifest("lr", 4, 5, 6, Map.of("in-0", 7L), Map.of("0-0", 8))
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

  private static final DeeplyEqualsChecker BY_CONTENT =
      new DeeplyEqualsChecker()
          .withCustomCheck(
              (one, other) -> one instanceof Example && other instanceof Example,
              (one, other, checker) -> same((Example) one, (Example) other))
          .withCustomCheck(
              (one, other) -> one instanceof NumberedExample && other instanceof NumberedExample,
              (one, other, checker) ->
                  ((NumberedExample) one).number() == ((NumberedExample) other).number()
                      && same(
                          ((NumberedExample) one).example(), ((NumberedExample) other).example()))
          .withCustomCheck(
              (one, other) -> one instanceof MemberVotes && other instanceof MemberVotes,
              (one, other, checker) ->
                  fields((MemberVotes) one).equals(fields((MemberVotes) other)))
          .withCustomCheck(
              (one, other) -> one instanceof PredictionRecord && other instanceof PredictionRecord,
              (one, other, checker) -> fields((PredictionRecord) one, (PredictionRecord) other))
          .withCustomCheck(
              (one, other) -> one instanceof MetricsChunk && other instanceof MetricsChunk,
              (one, other, checker) -> written((MetricsChunk) one, (MetricsChunk) other))
          .withCustomCheck(
              (one, other) ->
                  one instanceof ModelRecord.Block && other instanceof ModelRecord.Block,
              (one, other, checker) -> fields((ModelRecord.Block) one, (ModelRecord.Block) other));

  private static NumberedExample numbered(long number, Example example) {
    NumberedExample numbered = new NumberedExample();
    numbered.of(number, example);
    return numbered;
  }

  private static MemberVotes votes(@Nullable Example example, Consumer<Prediction> vote) {
    MemberVotes votes = new MemberVotes();
    votes.begin(-7, 1L << 50);
    votes.learnedFrom(300);
    Prediction prediction = new Prediction();
    vote.accept(prediction);
    votes.votes().add(prediction);
    if (example != null) {
      votes.identify(example);
    }
    return votes;
  }

  private static List<Object> fields(MemberVotes votes) {
    Example example = new Example();
    votes.example(example);
    Prediction prediction = new Prediction();
    votes.votes().predict(prediction);
    PredictionRecord record = new PredictionRecord();
    record.of(example, "", votes.version());
    record.prediction().copyFrom(prediction);
    return List.of(
        votes.place(),
        votes.number(),
        votes.identified(),
        example.target(),
        votes.votes().members(),
        fields(record));
  }

  private static boolean same(Example one, Example other) {
    int size = one.features().size();
    return one.id().equals(other.id())
        && one.key().equals(other.key())
        && one.time() == other.time()
        && one.labelled() == other.labelled()
        && one.label().equals(other.label())
        && (!one.labelled() || Double.compare(one.target(), other.target()) == 0)
        && one.weight() == other.weight()
        && one.features().numericCount() == other.features().numericCount()
        && size == other.features().size()
        && Arrays.equals(
            one.features().coordinates(), 0, size, other.features().coordinates(), 0, size)
        && Arrays.equals(one.features().groups(), 0, size, other.features().groups(), 0, size)
        && Arrays.equals(one.features().values(), 0, size, other.features().values(), 0, size);
  }

  private static boolean fields(PredictionRecord one, PredictionRecord other) {
    return fields(one).equals(fields(other));
  }

  private static List<Object> fields(PredictionRecord record) {
    Prediction prediction = record.prediction();
    StringBuilder classes = new StringBuilder();
    for (int i = 0; i < prediction.classCount(); i++) {
      classes.append(prediction.className(i)).append(prediction.classProbability(i)).append(' ');
    }
    return List.of(
        record.learner(),
        record.id(),
        record.key(),
        record.version(),
        record.time(),
        record.labelled(),
        record.label(),
        prediction.type(),
        prediction.probability(),
        prediction.positive(),
        prediction.value(),
        prediction.label(),
        classes.toString());
  }

  private static boolean fields(ModelRecord.Block one, ModelRecord.Block other) {
    return one.learner().equals(other.learner())
        && one.block().equals(other.block())
        && one.version() == other.version()
        && Arrays.equals(one.payload(), other.payload());
  }

  private static boolean written(MetricsChunk one, MetricsChunk other) {
    try {
      DataOutputSerializer first = new DataOutputSerializer(64);
      DataOutputSerializer second = new DataOutputSerializer(64);
      MetricsChunkSerializer.INSTANCE.serialize(one, first);
      MetricsChunkSerializer.INSTANCE.serialize(other, second);
      return Arrays.equals(first.getCopyOfBuffer(), second.getCopyOfBuffer());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(Example example) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    ExampleSerializer.INSTANCE.serialize(example, out);
    return out.getCopyOfBuffer();
  }

  private static Example unlabelled() {
    Example example = new Example();
    example.clear();
    example.identify("in-0-7", "", 1_700_000_000_000L);
    return example;
  }

  private static Example grouped() {
    Example example = labelled();
    example.features().addSparse(7, 1, -(1 << 30));
    example.features().addSparse(8, -2, 1 << 30);
    example.features().addSparse(9, 1, 1 << 30);
    example.features().addSparse(10, 3);
    return example;
  }

  private static Example labelled() {
    Example example = new Example();
    example.clear();
    example.identify("b", "Zürich", -5);
    example.label("1", 1);
    example.weigh(0.25);
    example.features().addNumeric((1 << 29) + 5, -2.5f);
    example.features().addNumeric((1 << 30) - 1, 1);
    for (int i = 0; i < 100; i++) {
      example.features().addSparse((1 << 29) - 1 - i, i % 3 - 1);
    }
    return example;
  }

  private static MetricsChunk chunk(int scored) {
    PrequentialSketch sketch = new PrequentialSketch(Target.binary("1"));
    Example example = labelled();
    Prediction prediction = new Prediction();
    for (int i = 0; i < scored; i++) {
      prediction.binary((i + 0.5) / scored);
      sketch.score(prediction, example);
    }
    return new MetricsChunk(
        "lr",
        scored,
        new InputCounts(scored, 1, 0),
        sketch,
        new PrequentialSketch(Target.binary("1")),
        scored / 2,
        new KeyCounts(2L * scored, Map.of("hot", (long) scored)));
  }

  private static PredictionRecord predicted(Example example, Consumer<Prediction> says) {
    PredictionRecord record = new PredictionRecord();
    record.of(example, "lr", 3);
    says.accept(record.prediction());
    return record;
  }

  private static void manyClasses(Prediction prediction) {
    prediction.multiclass("c7");
    for (int i = 0; i < 20; i++) {
      prediction.addClass("c" + i, 1.0 / 20);
    }
  }
}
