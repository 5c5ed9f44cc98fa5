package io.anabranch.operators.record;

import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What a learner placed in a job emits.
 *
 * @param predictions one per example, chained to the learner (reused buffer)
 * @param metrics chunks for the evaluation's merge
 * @param blocks live weights for the models topic
 * @param manifestParts what the manifests are put together from
 */
public record LearnerStreams(
    DataStream<PredictionRecord> predictions,
    DataStream<MetricsChunk> metrics,
    DataStream<ModelRecord.Block> blocks,
    DataStream<ManifestPart> manifestParts) {}
