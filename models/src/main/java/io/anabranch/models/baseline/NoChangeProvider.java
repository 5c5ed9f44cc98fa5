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

/** {@code type: no-change}. Not shared: "last" has no meaning over several trainers. */
public final class NoChangeProvider implements LearnerProvider {
  static final String TYPE = "no-change";
  private static final LearnerType ABOUT =
      new LearnerType(
          TYPE,
          "Baseline: predicts the last label again.",
          Set.of(Placement.PER_KEY),
          Set.of(TargetType.BINARY, TargetType.MULTICLASS, TargetType.NUMERIC));

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
    return new NoChange(settings.target().type());
  }

  @Override
  public byte[] write(Learner learner) {
    NoChange model = ABOUT.expect(NoChange.class, learner);
    ModelWriter out = BaselineState.begin(TYPE, model.target(), model.examples());
    out.writeString(model.label());
    out.writeDouble(model.value());
    return out.finish();
  }

  @Override
  public Learner read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = BaselineState.open(bytes, TYPE, settings);
    long examples = BaselineState.examples(in);
    String label = in.readString();
    double value = in.readDouble();
    in.end();
    if (!Double.isFinite(value)) {
      throw new CorruptModelException("the last value must be finite, got " + value);
    }
    return new NoChange(settings.target().type(), label, value, examples);
  }
}
