package io.anabranch.models.tree;

import io.anabranch.models.learner.LearnerContract;
import io.anabranch.models.learner.LearnerProvider;
import java.util.Map;

class HoeffdingTreeContractTest extends LearnerContract {

  @Override
  protected LearnerProvider provider() {
    return new HoeffdingTreeProvider();
  }

  /** Splits every now and then, and has to let leaves go. */
  @Override
  protected Map<String, Double> hyper() {
    return Map.of("grace-period", 20.0, "tie-threshold", 1.0, "memory", 20_000.0);
  }
}
