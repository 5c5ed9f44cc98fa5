package io.anabranch.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.Predicted;
import java.util.Iterator;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoJobsTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.create();

  @Test
  void modelsOfOneStreamPredictAnother() throws Exception {
    TestCluster.Job job = new TestCluster.Job(2);
    LearningStreams<Visit> learning = Visits.learn(job.visits(2_000));
    // It has no end, so that models surely come before the last of it.
    Iterator<Predicted> predictions = TwoJobs.predict(learning, job.endlessVisits()).collectAsync();
    try (AutoCloseable running = job.start()) {
      Predicted first = predictions.next();
      assertThat(first.learner()).isEqualTo("logistic-regression");
      assertThat(first.probability()).isBetween(0.0, 1.0);
    }
  }
}
