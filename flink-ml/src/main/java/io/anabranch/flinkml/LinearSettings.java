package io.anabranch.flinkml;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import java.io.Serializable;
import java.util.Map;

/**
 * Flink ML's parameters of a linear model, in the terms of the learner: no intercept, inputs as
 * they are.
 */
record LinearSettings(int size, double alpha, double beta, double l1, double l2)
    implements Serializable {

  int hashBits() {
    return Positions.bits(size);
  }

  Map<String, Serializable> hyper() {
    return Map.of("alpha", alpha, "beta", beta, "l1", l1, "l2", l2, "intercept", false);
  }

  LearnerSettings learnerSettings() {
    return new LearnerSettings(Target.binary("true"), hashBits(), hyper(), 1);
  }

  static LearnerProvider provider(String type) {
    return new LearnerRegistry(Thread.currentThread().getContextClassLoader())
        .find(type)
        .orElseThrow();
  }
}
