package io.anabranch.models.evidence;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;

/**
 * What the states of all learners over coordinates and classes begin with: hash bits, target,
 * examples, and the names of the classes.
 *
 * @param examples how many examples the model has learned from
 * @param classes the classes it knows
 */
public record StateHeader(long examples, ClassNames classes) {

  /** Writes the header. */
  public void write(ModelWriter out, int hashBits) {
    out.writeInt(hashBits);
    out.writeLong(examples);
    classes.write(out);
  }

  /** Reads the header of a model that has to fit the settings. */
  public static StateHeader read(ModelReader in, LearnerSettings settings) {
    int hashBits = in.readInt();
    if (hashBits != settings.hashBits()) {
      throw new CorruptModelException(
          "hashBits must be %d as in the settings, got %d: the model has other coordinates"
              .formatted(settings.hashBits(), hashBits));
    }
    long examples = in.readLong();
    if (examples < 0) {
      throw new CorruptModelException("examples must be >= 0, got " + examples);
    }
    return new StateHeader(examples, ClassNames.read(in, settings.target()));
  }
}
