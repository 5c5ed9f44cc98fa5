package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.record.ElementType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of what travels between trainers and shards. */
final class ExchangeTypes {
  static final TypeInformation<DeltaMessage> DELTA =
      new ElementType<>(DeltaMessage.class, DeltaMessageSerializer.INSTANCE);

  static final TypeInformation<WeightsMessage> WEIGHTS =
      new ElementType<>(WeightsMessage.class, WeightsMessageSerializer.INSTANCE);

  private ExchangeTypes() {}
}
