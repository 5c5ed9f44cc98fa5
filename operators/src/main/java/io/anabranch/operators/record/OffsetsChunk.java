package io.anabranch.operators.record;

import java.io.Serializable;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * How far one decoding subtask had read when a checkpoint's barrier passed it.
 *
 * @param checkpoint the checkpoint
 * @param subtask the decoding subtask
 * @param subtasks how many there are
 * @param next the next offset by "topic-partition"
 */
@TypeInfo(RecordTypes.Factory.class)
public record OffsetsChunk(long checkpoint, int subtask, int subtasks, Map<String, Long> next)
    implements Serializable {}
