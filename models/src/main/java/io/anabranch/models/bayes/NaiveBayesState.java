package io.anabranch.models.bayes;

import io.anabranch.models.bayes.NaiveBayes.Hyper;
import io.anabranch.models.evidence.Observations;
import io.anabranch.models.evidence.StateHeader;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.LearnerSettings;

/** The serialized state, version 1: the header, then all that was observed, in order of arrival. */
final class NaiveBayesState {
  static final int VERSION = 1;

  private NaiveBayesState() {}

  static byte[] write(NaiveBayes model, Observations observations) {
    ModelWriter out = new ModelWriter(NaiveBayesProvider.TYPE, VERSION);
    new StateHeader(model.examples(), model.classes()).write(out, model.hashBits());
    observations.write(out, model.classes().count());
    return out.finish();
  }

  static NaiveBayes read(byte[] bytes, LearnerSettings settings) {
    ModelReader in = ModelReader.open(bytes, NaiveBayesProvider.TYPE, VERSION);
    StateHeader header = StateHeader.read(in, settings);
    Observations observations = Observations.read(in, header.classes().count(), false);
    in.end();
    return new NaiveBayes(header, observations, settings.hashBits(), Hyper.of(settings));
  }
}
