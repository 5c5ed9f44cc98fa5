package io.anabranch.operators.shared;

import io.anabranch.operators.exchange.Membership;
import io.anabranch.operators.exchange.MembershipTotals;
import io.anabranch.operators.exchange.ShardStore;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/** Which coordinates are in the model, in the keyed state of the shard that is the current key. */
final class MembershipState {
  private final MapState<Integer, byte[]> members;
  private final ValueState<long[]> totals;

  MembershipState(KeyedStateStore keyed) {
    members =
        keyed.getMapState(
            new MapStateDescriptor<>(
                "members", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    totals =
        keyed.getState(
            new ValueStateDescriptor<>(
                "membership", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** Hands over what is there, before the shard's blocks; drops it when it is not asked for. */
  void restore(ShardStore store) throws Exception {
    long[] before = totals.value();
    if (before == null) {
      return;
    }
    if (store.membership().isEmpty()) {
      members.clear();
      totals.clear();
      return;
    }
    store.restoreMembership(MembershipTotals.decode(before));
    for (Map.Entry<Integer, byte[]> block : members.entries()) {
      store.restoreMembership(block.getKey(), block.getValue());
    }
  }

  /** Writes what changed. */
  void write(ShardStore store) throws Exception {
    if (store.membership().isPresent()) {
      Membership membership = store.membership().get();
      membership.takeChanges(
          new Membership.Changes() {
            @Override
            public void changed(int block, byte[] state) throws Exception {
              members.put(block, state);
            }

            @Override
            public void removed(int block) throws Exception {
              members.remove(block);
            }
          });
      totals.update(membership.totals().encode());
    }
  }
}
