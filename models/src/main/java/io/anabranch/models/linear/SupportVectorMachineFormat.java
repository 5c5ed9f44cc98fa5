package io.anabranch.models.linear;

import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;
import java.util.List;

/**
 * The serialized state of a support vector machine: that of a {@link MulticlassFormat softmax
 * regression}, whose versions it shares, with z for u and 0 for n; then the steps taken.
 */
final class SupportVectorMachineFormat {
  private static final List<String> BINARY = List.of("0", "1");

  private SupportVectorMachineFormat() {}

  /** The classes a model knows before it learns any. */
  static List<String> declared(LearnerSettings settings) {
    return settings.target().type() == TargetType.BINARY ? BINARY : settings.target().classes();
  }

  static byte[] write(SupportVectorMachine model) {
    ModelWriter out = new ModelWriter(SupportVectorMachineProvider.TYPE, MulticlassFormat.VERSION);
    MulticlassFormat.write(out, model.state(), model.rehearsal(), model.examples());
    out.writeLong(model.steps());
    return out.finish();
  }

  static SupportVectorMachine read(byte[] bytes, LearnerSettings settings) {
    ModelReader in =
        ModelReader.open(bytes, SupportVectorMachineProvider.TYPE, MulticlassFormat.VERSION);
    MulticlassState state = SupportVectorMachine.emptyState(settings);
    MulticlassFormat.Stored stored =
        MulticlassFormat.read(in, state, bytes.length / Integer.BYTES, declared(settings));
    long steps = in.readLong();
    in.end();
    if (settings.target().type() == TargetType.BINARY && !state.classes().equals(BINARY)) {
      throw new CorruptModelException(
          "classes of a binary target must be %s, got %s".formatted(BINARY, state.classes()));
    }
    if (steps < stored.examples()) {
      throw new CorruptModelException(
          "steps must be >= the %d examples, got %d".formatted(stored.examples(), steps));
    }
    return new SupportVectorMachine(state, stored.rehearsal(), settings, stored.examples(), steps);
  }
}
