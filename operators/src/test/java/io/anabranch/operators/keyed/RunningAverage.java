package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * The least learner whose state depends, to the last bit, on every example and on their order: an
 * exponential average of labels and first features.
 */
public final class RunningAverage implements LearnerProvider {
  static final String TYPE = "test-running-average";
  private static final LearnerType ABOUT =
      new LearnerType(TYPE, "For tests.", Set.of(Placement.PER_KEY), Set.of(TargetType.BINARY));
  private static final int BYTES = 2 * Long.BYTES;

  /** Room for so many models. */
  static long heapBytes(int models) {
    return models * KeyedModel.heapBytes(BYTES);
  }

  private static final class Model implements Learner {
    private double average = 0.5;
    private long examples;

    @Override
    public void predict(Example example, Prediction into) {
      into.binary(average);
    }

    @Override
    public void learn(Example example) {
      double pull = 0.8 * example.target() + 0.2 / (1 + Math.abs(example.features().values()[0]));
      average += 0.1 * (pull - average);
      examples++;
    }

    @Override
    public long examples() {
      return examples;
    }
  }

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new Model();
  }

  @Override
  public byte[] write(Learner learner) {
    Model model = (Model) learner;
    return ByteBuffer.allocate(BYTES).putDouble(model.average).putLong(model.examples).array();
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("must have 16 bytes, got " + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Model model = new Model();
    model.average = in.getDouble();
    model.examples = in.getLong();
    return model;
  }
}
