package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class StateMemoryTest {
  private static final int KIBIBYTE = 1_024;

  @Test
  void whatIsInMemoryIsOnItsWayToDiskBeforeACheckpointAndStaysReadable() throws Exception {
    try (var harness = new KeyedBytes(rocksDb())) {
      harness.put(0, 6 * KIBIBYTE);
      RocksDbMemory memory = (RocksDbMemory) harness.memory();
      assertThat(memory.entries()).isEqualTo(6 * KIBIBYTE);
      memory.writeOut(KIBIBYTE, 0);
      assertThat(memory.entries()).isZero();
      harness.put(6 * KIBIBYTE, 6 * KIBIBYTE + 1);
      assertThat(memory.entries()).isEqualTo(1);
      assertThat(harness.get(0)).hasSize(KIBIBYTE);
      assertThat(harness.get(6 * KIBIBYTE)).hasSize(KIBIBYTE);
    }
  }

  @Test
  void aLittleIsNotWorthAFile() throws Exception {
    try (var harness = new KeyedBytes(rocksDb())) {
      harness.put(0, KIBIBYTE);
      RocksDbMemory memory = (RocksDbMemory) harness.memory();
      memory.writeOut(KIBIBYTE, 0);
      assertThat(memory.entries()).isEqualTo(KIBIBYTE);
    }
  }

  @Test
  void itIsBegunAsLongBeforeTheBarrierAsItMayTakeAndNoSooner() throws Exception {
    try (var harness = new KeyedBytes(rocksDb())) {
      harness.put(0, 6 * KIBIBYTE);
      RocksDbMemory memory = (RocksDbMemory) harness.memory();
      memory.writeOut(KIBIBYTE, 200_000_000);
      assertThat(memory.entries()).isEqualTo(6 * KIBIBYTE);
      memory.writeOut(KIBIBYTE, 100_000_000);
      assertThat(memory.entries()).isZero();
    }
  }

  @Test
  void stateOnTheHeapHasNothingToWriteOut() throws Exception {
    try (var harness = new KeyedBytes(new HashMapStateBackend())) {
      assertThat(harness.memory()).isSameAs(StateMemory.NONE);
    }
  }

  @Test
  void whereFlinksObjectsLookOtherwiseNothingIsWrittenOutEarly() throws Exception {
    try (var harness = new KeyedBytes(new HashMapStateBackend())) {
      assertThat(RocksDbMemory.of(harness.operator.getKeyedStateBackend(), harness.state()))
          .isSameAs(StateMemory.NONE);
    }
  }

  /** With memory of its own: a test's managed memory is too little to keep anything in. */
  private static StateBackend rocksDb() {
    EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
    backend.getMemoryConfiguration().setUseManagedMemory(false);
    return backend;
  }

  /** A kibibyte for each key. */
  private static final class KeyedBytes implements AutoCloseable {
    final Operator operator = new Operator();
    private final KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness;

    KeyedBytes(StateBackend backend) throws Exception {
      harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, key -> key, Types.INT);
      harness.setStateBackend(backend);
      harness.open();
    }

    void put(int from, int to) throws Exception {
      for (int key = from; key < to; key++) {
        harness.processElement(new StreamRecord<>(key));
      }
    }

    byte[] get(int key) throws Exception {
      operator.setCurrentKey(key);
      return state().value();
    }

    ValueState<byte[]> state() {
      return operator.state;
    }

    StateMemory memory() {
      return StateMemory.of(operator.getKeyedStateBackend(), state());
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private static final class Operator extends AbstractStreamOperator<Integer>
      implements OneInputStreamOperator<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<byte[]> state;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      state =
          context
              .getKeyedStateStore()
              .getState(
                  new ValueStateDescriptor<>(
                      "bytes", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(StreamRecord<Integer> key) throws Exception {
      state.update(new byte[KIBIBYTE]);
    }
  }
}
