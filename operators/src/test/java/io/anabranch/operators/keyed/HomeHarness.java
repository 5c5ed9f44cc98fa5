package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.operators.exchange.WeightsMessage;
import io.anabranch.operators.flink.Epochs;
import io.anabranch.operators.flink.SideOutputs;
import io.anabranch.operators.record.PredictionRecord;
import io.anabranch.operators.record.RecordTypes;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** The only home of the keys of a learner that may be split, over RocksDB. */
final class HomeHarness extends AbstractStreamOperatorTestHarness<PredictionRecord> {
  private final PerKeySpec spec;
  private final LearnerProvider provider;

  HomeHarness(PerKeySpec spec, LearnerProvider provider) throws Exception {
    super(HomeOperator.of(spec, 10_000), PerKeyHarness.KEY_GROUPS, 1, 0);
    this.spec = spec;
    this.provider = provider;
    KeySelector<Example, String> ofExample = Example::key;
    KeySelector<KeyDelta, String> ofDelta = KeyDelta::key;
    config.setStatePartitioner(0, ofExample);
    config.setStatePartitioner(1, ofDelta);
    config.setStateKeySerializer(Types.STRING.createSerializer(new SerializerConfigImpl()));
    config.serializeAllConfigs();
    setStateBackend(new EmbeddedRocksDBStateBackend());
    setup(RecordTypes.PREDICTION.createSerializer(new SerializerConfigImpl()));
  }

  HomeHarness opened(OperatorSubtaskState state) throws Exception {
    initializeState(state);
    open();
    return this;
  }

  long epoch() {
    return Epochs.of(getEnvironment());
  }

  void merge(KeyDelta delta) throws Exception {
    StreamRecord<KeyDelta> element = new StreamRecord<>(delta);
    HomeOperator operator = (HomeOperator) getOperator();
    operator.setKeyContextElement2(element);
    operator.processElement2(element);
  }

  List<WeightsMessage.KeyTruth> truths() {
    return SideOutputs.of(this, HomeOperator.TRUTHS).stream()
        .map(WeightsMessage.KeyTruth.class::cast)
        .toList();
  }

  /** How many examples the models have learned that were sent. */
  List<Long> sentExamples() {
    return truths().stream()
        .map(truth -> provider.read(truth.model(), spec.settings()).examples())
        .toList();
  }
}
