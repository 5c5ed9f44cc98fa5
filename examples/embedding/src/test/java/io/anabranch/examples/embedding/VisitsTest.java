package io.anabranch.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.embed.LearnedModel;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.Predicted;
import io.anabranch.operators.embed.Scorer;
import io.anabranch.operators.record.MetricsReport;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VisitsTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.create();

  private static final int VISITS = 6_000;

  @Test
  void whoBuysIsLearnedFromTheStreamItself() throws Exception {
    TestCluster.Job job = new TestCluster.Job(2);
    LearningStreams<Visit> learning = Visits.learn(job.visits(VISITS));
    Iterator<Predicted> predictions = learning.predictions().collectAsync();
    Iterator<MetricsReport> metrics = learning.metrics().collectAsync();
    Iterator<LearnedModel> models = learning.models().collectAsync();
    job.start();

    assertThat(TestCluster.drain(predictions))
        .extracting(Predicted::id)
        .hasSize(VISITS)
        .doesNotHaveDuplicates();
    MetricsReport whole =
        TestCluster.drain(metrics).stream()
            .filter(report -> report.window() == 0)
            .reduce((first, last) -> last)
            .orElseThrow();
    assertThat(whole.examples()).isEqualTo(VISITS * 9 / 10);
    assertThat(whole.input().unlabelled()).isEqualTo(VISITS / 10);
    assertThat(whole.figures().get("accuracy")).isGreaterThan(0.93);

    List<LearnedModel> learned = TestCluster.drain(models);
    Scorer.Predictor<Visit> last = learning.scorer().load(learned.get(learned.size() - 1));
    assertThat(last.predict(visit("sale", 90)).positive()).isTrue();
    assertThat(last.predict(visit("news", 90)).positive()).isFalse();
    assertThat(last.predict(visit("sale", 10)).positive()).isFalse();
  }

  private static Visit visit(String page, double seconds) {
    Visit visit = new Visit();
    visit.page = page;
    visit.seconds = seconds;
    return visit;
  }
}
