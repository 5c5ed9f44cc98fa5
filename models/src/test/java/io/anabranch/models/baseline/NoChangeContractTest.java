package io.anabranch.models.baseline;

import io.anabranch.models.learner.LearnerContract;
import io.anabranch.models.learner.LearnerProvider;

class NoChangeContractTest extends LearnerContract {

  @Override
  protected LearnerProvider provider() {
    return new NoChangeProvider();
  }
}
