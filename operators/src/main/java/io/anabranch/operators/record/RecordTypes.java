package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of every element that passes between operators. */
public final class RecordTypes {
  /** A decoded and encoded record. */
  public static final TypeInformation<Example> EXAMPLE =
      new ElementType<>(Example.class, ExampleSerializer.INSTANCE);

  /** A prediction on its way out. */
  public static final TypeInformation<PredictionRecord> PREDICTION =
      new ElementType<>(PredictionRecord.class, PredictionRecordSerializer.INSTANCE);

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

  private RecordTypes() {}
}
