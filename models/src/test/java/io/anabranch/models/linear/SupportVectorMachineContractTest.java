package io.anabranch.models.linear;

import io.anabranch.models.learner.LearnerContract;
import io.anabranch.models.learner.LearnerProvider;

class SupportVectorMachineContractTest extends LearnerContract {

  @Override
  protected LearnerProvider provider() {
    return new SupportVectorMachineProvider();
  }
}
