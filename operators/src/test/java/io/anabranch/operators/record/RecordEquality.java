package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;

/** When two records are equal, of those that are buffers and have no equality of their own. */
final class RecordEquality {
  static final DeeplyEqualsChecker BY_CONTENT =
      new DeeplyEqualsChecker()
          .withCustomCheck(
              (one, other) -> one instanceof Example && other instanceof Example,
              (one, other, checker) -> same((Example) one, (Example) other))
          .withCustomCheck(
              (one, other) -> one instanceof WrittenBatch && one.getClass() == other.getClass(),
              (one, other, checker) ->
                  Arrays.equals(written((WrittenBatch<?>) one), written((WrittenBatch<?>) other)))
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

  private RecordEquality() {}

  private static byte[] written(WrittenBatch<?> batch) {
    DataOutputSerializer out = new DataOutputSerializer(64);
    try {
      batch.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.getCopyOfBuffer();
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

  static boolean same(Example one, Example other) {
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
}
