package io.anabranch.models.baseline;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;

/**
 * What the serialized states of all baselines begin with: the type of the target as a text, and the
 * examples learned.
 */
final class BaselineState {
  static final int VERSION = 1;

  private BaselineState() {}

  static ModelWriter begin(String type, TargetType target, long examples) {
    ModelWriter out = new ModelWriter(type, VERSION);
    out.writeString(target.name());
    out.writeLong(examples);
    return out;
  }

  static ModelReader open(byte[] bytes, String type, LearnerSettings settings) {
    ModelReader in = ModelReader.open(bytes, type, VERSION);
    String target = in.readString();
    if (!target.equals(settings.target().type().name())) {
      throw new CorruptModelException(
          "target must be %s as in the settings, got %s"
              .formatted(settings.target().type(), target));
    }
    return in;
  }

  static long examples(ModelReader in) {
    long examples = in.readLong();
    if (examples < 0) {
      throw new CorruptModelException("examples must be >= 0, got " + examples);
    }
    return examples;
  }
}
