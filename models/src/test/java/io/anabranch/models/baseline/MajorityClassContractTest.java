package io.anabranch.models.baseline;

import io.anabranch.models.learner.LearnerContract;
import io.anabranch.models.learner.LearnerProvider;

class MajorityClassContractTest extends LearnerContract {

  @Override
  protected LearnerProvider provider() {
    return new MajorityClassProvider();
  }
}
