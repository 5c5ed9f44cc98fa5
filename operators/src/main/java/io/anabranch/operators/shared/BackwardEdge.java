package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.FeedbackHub;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.CoLocation;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Brings messages back to operators that come before their sender, through {@link FeedbackHub}. */
public final class BackwardEdge {
  /** The type of what it brings. */
  public static final TypeInformation<WeightsMessage> MESSAGE = ExchangeTypes.WEIGHTS;

  private BackwardEdge() {}

  /**
   * Adds the receivers.
   *
   * @param followers who besides the learner is brought the messages; may be added to until the job
   *     is built
   * @param parallelism that of the operator that takes up the messages
   * @param coLocationGroup that operator's group
   */
  public static void attach(
      DataStream<WeightsMessage> messages,
      String learner,
      List<String> followers,
      int parallelism,
      String coLocationGroup) {
    SingleOutputStreamOperator<Void> receiver =
        messages
            .broadcast()
            .transform(
                learner + "-receiver", Types.VOID, ReceiverOperator.factory(learner, followers))
            .uid(learner + "-receiver")
            .setParallelism(parallelism);
    CoLocation.join(receiver, coLocationGroup);
  }
}
