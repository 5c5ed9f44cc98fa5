package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of every element that passes between operators. */
public final class RecordTypes {
  /** A decoded and encoded record. */
  public static final TypeInformation<Example> EXAMPLE =
      new ElementType<>(Example.class, ExampleSerializer.INSTANCE);

  /** A prediction on its way out. */
  public static final TypeInformation<PredictionRecord> PREDICTION =
      new ElementType<>(PredictionRecord.class, PredictionRecordSerializer.INSTANCE);

  /** Examples on their way to the members of an ensemble. */
  public static final TypeInformation<ExampleBatch> EXAMPLE_BATCH =
      new ElementType<>(ExampleBatch.class, ExampleBatchSerializer.INSTANCE);

  /** What the members in one subtask say of an example. */
  public static final TypeInformation<MemberVotes> MEMBER_VOTES =
      new ElementType<>(MemberVotes.class, MemberVotesSerializer.INSTANCE);

  /** What the members in one subtask say of several examples. */
  public static final TypeInformation<VoteBatch> VOTE_BATCH =
      new ElementType<>(VoteBatch.class, VoteBatchSerializer.INSTANCE);

  /** What one subtask scored and learned. */
  public static final TypeInformation<MetricsChunk> METRICS_CHUNK =
      new ElementType<>(MetricsChunk.class, MetricsChunkSerializer.INSTANCE);

  /** A line for the metrics topic. */
  public static final TypeInformation<MetricsReport> METRICS_REPORT =
      new ElementType<>(MetricsReport.class, MetricsReportSerializer.INSTANCE);

  /** What decoding counted. */
  public static final TypeInformation<InputCounts> INPUT_COUNTS =
      new ElementType<>(InputCounts.class, InputCountsSerializer.INSTANCE);

  /** How far decoding had read. */
  public static final TypeInformation<OffsetsChunk> OFFSETS_CHUNK =
      new ElementType<>(OffsetsChunk.class, OffsetsChunkSerializer.INSTANCE);

  /** One subtask's part of a manifest. */
  public static final TypeInformation<ManifestPart> MANIFEST_PART =
      new ElementType<>(ManifestPart.class, ManifestPartSerializer.INSTANCE);

  /** Live weights. */
  public static final TypeInformation<ModelRecord.Block> BLOCK =
      new ElementType<>(ModelRecord.Block.class, BlockSerializer.INSTANCE);

  /** A version of a model. */
  public static final TypeInformation<ModelRecord.Manifest> MANIFEST =
      new ElementType<>(ModelRecord.Manifest.class, ManifestSerializer.INSTANCE);

  private static final Map<Class<?>, TypeInformation<?>> BY_CLASS =
      Stream.of(
              PREDICTION,
              METRICS_CHUNK,
              METRICS_REPORT,
              INPUT_COUNTS,
              OFFSETS_CHUNK,
              MANIFEST_PART,
              BLOCK,
              MANIFEST)
          .collect(Collectors.toUnmodifiableMap(TypeInformation::getTypeClass, type -> type));

  private RecordTypes() {}

  /** Lets Flink's type extraction find the type information of the elements of this package. */
  public static final class Factory<T> extends TypeInfoFactory<T> {
    @Override
    @SuppressWarnings("unchecked") // the map pairs each class with its own type information
    public TypeInformation<T> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      TypeInformation<?> found = BY_CLASS.get(type);
      if (found == null) {
        throw new IllegalArgumentException(type.getTypeName() + " is not an element of a stream");
      }
      return (TypeInformation<T>) found;
    }
  }
}
