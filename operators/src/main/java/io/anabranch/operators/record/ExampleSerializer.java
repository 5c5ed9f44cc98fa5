package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.FeatureVector;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Examples on their way to per-key models.
 *
 * <p>A coordinate is below 2^30, so two bits of its int are free: a sparse entry worth exactly 1 or
 * -1, which is what every categorical feature is, takes 4 bytes; any other entry takes 8. Groups
 * follow by run: the entries of an object share one, and where all are 0 nothing is written.
 */
final class ExampleSerializer extends BufferSerializer<Example> {
  static final ExampleSerializer INSTANCE = new ExampleSerializer();

  private static final int LABELLED = 1;
  private static final int WEIGHTED = 2;
  private static final int GROUPED = 4;

  private static final int UNIT = 1 << 31;
  private static final int MINUS = 1 << 30;
  private static final int COORDINATE = MINUS - 1;

  @Override
  public Example createInstance() {
    return new Example();
  }

  @Override
  public Example copy(Example from, Example reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public void serialize(Example example, DataOutputView target) throws IOException {
    boolean weighted = example.weight() != 1;
    boolean grouped = grouped(example.features());
    target.writeByte(
        (example.labelled() ? LABELLED : 0) | (weighted ? WEIGHTED : 0) | (grouped ? GROUPED : 0));
    Wire.writeText(example.id(), target);
    Wire.writeText(example.key(), target);
    target.writeLong(example.time());
    if (example.labelled()) {
      Wire.writeText(example.label(), target);
      target.writeDouble(example.target());
    }
    if (weighted) {
      target.writeDouble(example.weight());
    }
    writeFeatures(example.features(), target);
    if (grouped) {
      writeGroups(example.features(), target);
    }
  }

  private static void writeFeatures(FeatureVector features, DataOutputView target)
      throws IOException {
    int size = features.size();
    int numeric = features.numericCount();
    int[] coordinates = features.coordinates();
    float[] values = features.values();
    Wire.writeCount(numeric, target);
    Wire.writeCount(size - numeric, target);
    for (int i = 0; i < numeric; i++) {
      target.writeInt(coordinates[i]);
      target.writeFloat(values[i]);
    }
    for (int i = numeric; i < size; i++) {
      float value = values[i];
      if (value == 1) {
        target.writeInt(coordinates[i] | UNIT);
      } else if (value == -1) {
        target.writeInt(coordinates[i] | UNIT | MINUS);
      } else {
        target.writeInt(coordinates[i]);
        target.writeFloat(value);
      }
    }
  }

  @Override
  public Example deserialize(Example reuse, DataInputView source) throws IOException {
    reuse.clear();
    int flags = source.readUnsignedByte();
    reuse.identify(Wire.readText(source), Wire.readText(source), source.readLong());
    if ((flags & LABELLED) != 0) {
      reuse.label(Wire.readText(source), source.readDouble());
    }
    if ((flags & WEIGHTED) != 0) {
      reuse.weigh(source.readDouble());
    }
    readFeatures(reuse.features(), source);
    if ((flags & GROUPED) != 0) {
      readGroups(reuse.features(), source);
    }
    return reuse;
  }

  private static void readFeatures(FeatureVector features, DataInputView source)
      throws IOException {
    int numeric = Wire.readCount(source);
    int sparse = Wire.readCount(source);
    // Each record that comes over the network is a new object: most of its bytes would be spare.
    features.reserve(numeric + sparse);
    for (int i = 0; i < numeric; i++) {
      features.addNumeric(source.readInt(), source.readFloat());
    }
    for (int i = 0; i < sparse; i++) {
      int entry = source.readInt();
      if ((entry & UNIT) == 0) {
        features.addSparse(entry, source.readFloat());
      } else {
        features.addSparse(entry & COORDINATE, (entry & MINUS) == 0 ? 1 : -1);
      }
    }
  }

  private static boolean grouped(FeatureVector features) {
    for (int i = features.numericCount(); i < features.size(); i++) {
      if (features.groups()[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static void writeGroups(FeatureVector features, DataOutputView target)
      throws IOException {
    int[] groups = features.groups();
    for (int from = features.numericCount(); from < features.size(); ) {
      int to = from + 1;
      while (to < features.size() && groups[to] == groups[from]) {
        to++;
      }
      Wire.writeCount(to - from, target);
      target.writeInt(groups[from]);
      from = to;
    }
  }

  private static void readGroups(FeatureVector features, DataInputView source) throws IOException {
    for (int from = features.numericCount(); from < features.size(); ) {
      int to = from + Wire.readCount(source);
      if (to <= from || to > features.size()) {
        throw new IOException(
            "a run of groups must end between %d and %d, got %d"
                .formatted(from + 1, features.size(), to));
      }
      Arrays.fill(features.groups(), from, to, source.readInt());
      from = to;
    }
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Example> {
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
