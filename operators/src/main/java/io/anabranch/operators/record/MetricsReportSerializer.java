package io.anabranch.operators.record;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Lines on their way to the metrics topic. */
final class MetricsReportSerializer extends ElementSerializer<MetricsReport> {
  static final MetricsReportSerializer INSTANCE = new MetricsReportSerializer();

  @Override
  public MetricsReport createInstance() {
    return new MetricsReport("", 0, 0, 0, 0, InputCounts.NONE, new TreeMap<>());
  }

  @Override
  public void serialize(MetricsReport element, DataOutputView target) throws IOException {
    Wire.writeText(element.learner(), target);
    target.writeInt(element.window());
    target.writeLong(element.time());
    target.writeLong(element.examples());
    target.writeLong(element.scored());
    Wire.writeCounts(element.input(), target);
    write(element.figures(), target);
    write(element.hotKeys(), target);
  }

  private static void write(Map<String, Double> numbers, DataOutputView target) throws IOException {
    Wire.writeCount(numbers.size(), target);
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      Wire.writeText(number.getKey(), target);
      target.writeDouble(number.getValue());
    }
  }

  @Override
  public MetricsReport deserialize(DataInputView source) throws IOException {
    String learner = Wire.readText(source);
    int window = source.readInt();
    long time = source.readLong();
    long examples = source.readLong();
    long scored = source.readLong();
    InputCounts input = Wire.readCounts(source);
    return new MetricsReport(
        learner, window, time, examples, scored, input, read(source), read(source));
  }

  private static SortedMap<String, Double> read(DataInputView source) throws IOException {
    SortedMap<String, Double> numbers = new TreeMap<>();
    for (int left = Wire.readCount(source); left > 0; left--) {
      numbers.put(Wire.readText(source), source.readDouble());
    }
    return numbers;
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricsReport> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  @Override
  public Snapshot snapshotConfiguration() {
    return new Snapshot();
  }
}
