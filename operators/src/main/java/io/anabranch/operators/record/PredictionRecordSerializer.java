package io.anabranch.operators.record;

import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Predictions, for topologies in which their sink is not chained to the learner. */
final class PredictionRecordSerializer extends BufferSerializer<PredictionRecord> {
  static final PredictionRecordSerializer INSTANCE = new PredictionRecordSerializer();

  @Override
  public PredictionRecord createInstance() {
    return new PredictionRecord();
  }

  @Override
  public PredictionRecord copy(PredictionRecord from, PredictionRecord reuse) {
    reuse.copyFrom(from);
    return reuse;
  }

  @Override
  public void serialize(PredictionRecord element, DataOutputView target) throws IOException {
    Wire.writeText(element.learner(), target);
    Wire.writeText(element.id(), target);
    Wire.writeText(element.key(), target);
    target.writeLong(element.version());
    target.writeLong(element.time());
    target.writeBoolean(element.labelled());
    Wire.writeText(element.label(), target);
    writePrediction(element.prediction(), target);
  }

  private static void writePrediction(Prediction prediction, DataOutputView target)
      throws IOException {
    Wire.writeText(prediction.type().name(), target);
    switch (prediction.type()) {
      case BINARY -> {
        target.writeDouble(prediction.probability());
        target.writeBoolean(prediction.positive());
      }
      case MULTICLASS -> {
        Wire.writeText(prediction.label(), target);
        Wire.writeCount(prediction.classCount(), target);
        for (int i = 0; i < prediction.classCount(); i++) {
          Wire.writeText(prediction.className(i), target);
          target.writeDouble(prediction.classProbability(i));
        }
      }
      case NUMERIC -> target.writeDouble(prediction.value());
      case NONE -> {}
    }
  }

  @Override
  public PredictionRecord deserialize(PredictionRecord reuse, DataInputView source)
      throws IOException {
    reuse.restore(
        Wire.readText(source),
        Wire.readText(source),
        Wire.readText(source),
        source.readLong(),
        source.readLong(),
        source.readBoolean(),
        Wire.readText(source));
    readPrediction(reuse.prediction(), source);
    return reuse;
  }

  private static void readPrediction(Prediction into, DataInputView source) throws IOException {
    switch (TargetType.valueOf(Wire.readText(source))) {
      case BINARY -> {
        double probability = source.readDouble();
        boolean positive = source.readBoolean();
        if (Double.isNaN(probability)) {
          into.decision(positive);
        } else {
          into.binary(probability);
        }
      }
      case MULTICLASS -> {
        into.multiclass(Wire.readText(source));
        for (int left = Wire.readCount(source); left > 0; left--) {
          into.addClass(Wire.readText(source), source.readDouble());
        }
      }
      case NUMERIC -> into.numeric(source.readDouble());
      case NONE -> into.clear();
    }
  }

  /** Says which serializer wrote a state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PredictionRecord> {
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
