package io.anabranch.operators.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;

/**
 * An operator that is sent every record in each of its subtasks and has keyed state. Flink's API
 * has that only beside a second, keyed input. The operator has to set the key by itself: none
 * belongs to a record.
 */
public final class KeyedBroadcast {
  private KeyedBroadcast() {}

  /** Adds the operator, whose keys are integers. */
  @SuppressWarnings("unchecked") // transform() made the transformation, of these types
  public static <I, O> SingleOutputStreamOperator<O> transform(
      DataStream<I> records,
      String name,
      TypeInformation<O> type,
      OneInputStreamOperator<I, O> operator) {
    SingleOutputStreamOperator<O> result = records.broadcast().transform(name, type, operator);
    OneInputTransformation<I, O> transformation =
        (OneInputTransformation<I, O>) result.getTransformation();
    transformation.setStateKeySelector(record -> 0);
    transformation.setStateKeyType(Types.INT);
    return result;
  }
}
