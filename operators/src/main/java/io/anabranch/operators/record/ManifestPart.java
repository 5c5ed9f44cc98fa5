package io.anabranch.operators.record;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one subtask that holds a learner's truth contributes to the manifest of a completed
 * checkpoint.
 *
 * @param learner the learner's id
 * @param checkpoint the completed checkpoint
 * @param version the version cut at it, the same in all subtasks
 * @param subtask the contributing subtask
 * @param subtasks how many there are
 * @param examples examples learned by what this subtask holds
 * @param blocks the CRC-32C of each block it published since the version before, by name
 */
@TypeInfo(RecordTypes.Factory.class)
public record ManifestPart(
    String learner,
    long checkpoint,
    long version,
    int subtask,
    int subtasks,
    long examples,
    Map<String, Integer> blocks) {}
