package io.anabranch.operators.embed;

import org.apache.flink.annotation.Public;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A whole model as it was at some time. {@link Scorer#load} predicts with it.
 *
 * @param learner the learner's name
 * @param key whose model it is; "" of a model of all records
 * @param version the version, as in {@link Predicted#version}
 * @param bytes the model in the versioned, checksummed format of {@code docs/model-format.md}; not
 *     to be changed; none when the key's model was forgotten
 */
@Public
@TypeInfo(EmbedTypes.Factory.class)
@SuppressWarnings("ArrayRecordComponent") // a payload; never compared
public record LearnedModel(String learner, String key, long version, byte[] bytes) {

  /** Whether the key's model is no more. */
  public boolean isForgotten() {
    return bytes.length == 0;
  }
}
