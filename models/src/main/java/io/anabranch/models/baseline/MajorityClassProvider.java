package io.anabranch.models.baseline;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.LearnerType;
import io.anabranch.models.learner.Placement;
import java.util.List;
import java.util.Set;

/**
 * {@code type: majority-class}. Not shared: a replica could not name a class that only others have
 * seen, since coordinates are hashes.
 */
public final class MajorityClassProvider implements LearnerProvider {
  static final String TYPE = "majority-class";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Baseline: predicts the class seen most, with the frequencies of the classes.",
          Set.of(Placement.PER_KEY),
          Set.of(TargetType.BINARY, TargetType.MULTICLASS));
  // A class takes the length of its text and a double at least.
  private static final int LEAST_BYTES = Integer.BYTES + Double.BYTES;

  @Override
  public LearnerType about() {
    return ABOUT;
  }

  @Override
  public boolean baseline() {
    return true;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of();
  }

  @Override
  public Learner create(LearnerSettings settings) {
    return new MajorityClass(settings.target().type());
  }

  @Override
  public byte[] write(Learner learner) {
    MajorityClass model = ABOUT.expect(MajorityClass.class, learner);
    ModelWriter out = BaselineState.begin(TYPE, model.target(), model.examples());
    out.writeInt(model.count());
    for (int i = 0; i < model.count(); i++) {
      out.writeString(model.className(i));
      out.writeDouble(model.weight(i));
    }
    return out.finish();
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = BaselineState.open(bytes, TYPE, settings);
    long examples = BaselineState.examples(in);
    int count = in.readInt();
    if (count < 0 || count > bytes.length / LEAST_BYTES) {
      throw new CorruptModelException(
          "the number of classes must be between 0 and %d, got %d: no more is there"
              .formatted(bytes.length / LEAST_BYTES, count));
    }
    String[] classes = new String[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      classes[i] = in.readString();
      weights[i] = in.readDouble();
      if (i > 0 && classes[i].compareTo(classes[i - 1]) <= 0) {
        throw new CorruptModelException(
            "classes must ascend, got '%s' after '%s'".formatted(classes[i], classes[i - 1]));
      }
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new CorruptModelException(
            "the weight of a class must be finite and >= 0, got " + weights[i]);
      }
    }
    in.end();
    return new MajorityClass(settings.target().type(), classes, weights, examples);
  }
}
