package io.anabranch.models.ensemble;

import io.anabranch.models.learner.LearnerContract;
import io.anabranch.models.learner.LearnerProvider;
import java.util.Map;

class OnlineBaggingContractTest extends LearnerContract {

  @Override
  protected LearnerProvider provider() {
    return new OnlineBaggingProvider();
  }

  /** Few and small: what is stored is damaged byte by byte. */
  @Override
  protected Map<String, Double> hyper() {
    return Map.of("members", 3.0, "grace-period", 20.0, "tie-threshold", 1.0, "memory", 20_000.0);
  }
}
