package io.anabranch.models.bayes;

import io.anabranch.models.learner.LearnerContract;
import io.anabranch.models.learner.LearnerProvider;

class NaiveBayesContractTest extends LearnerContract {

  @Override
  protected LearnerProvider provider() {
    return new NaiveBayesProvider();
  }
}
