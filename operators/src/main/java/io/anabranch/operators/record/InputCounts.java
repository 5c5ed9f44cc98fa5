package io.anabranch.operators.record;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What decoding counted since it last said so; sums to the whole by Flink's own guarantees, because
 * it is shipped before each checkpoint barrier.
 *
 * @param records decoded records (dead letters not among them)
 * @param deadLetters records that went to the dead letters
 * @param unlabelled decoded records without a label
 */
@TypeInfo(RecordTypes.Factory.class)
public record InputCounts(long records, long deadLetters, long unlabelled) implements Serializable {
  /** Nothing. */
  public static final InputCounts NONE = new InputCounts(0, 0, 0);

  /** The sum. */
  public InputCounts plus(InputCounts other) {
    return new InputCounts(
        records + other.records, deadLetters + other.deadLetters, unlabelled + other.unlabelled);
  }
}
