package io.anabranch.cluster.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdSumTest {
  @TempDir Path directory;

  @Test
  void oneLostAndOneDoubledKeepTheCountAndChangeTheSums() {
    Map<Integer, double[]> right = learned("a", "b", "c");
    Map<Integer, double[]> wrong = learned("a", "b", "b");
    assertThat(count(wrong)).isEqualTo(count(right)).isEqualTo(3);
    assertThat(sums(wrong)).isNotEqualTo(sums(right));
  }

  @Test
  void theOrderDoesNotMatter() {
    assertThat(sums(learned("c", "a", "b"))).isEqualTo(sums(learned("a", "b", "c")));
  }

  @Test
  void theViewIsTruthAndOwnChangesThatItDoesNotInclude() {
    IdSum replica = new IdSum();
    learn(replica, "a");
    CoordinateBatch[] delta = drained(replica);
    learn(replica, "a");
    CoordinateBatch[] later = drained(replica);
    for (int shard = 0; shard < delta.length; shard++) {
      replica.overwrite(delta[shard]);
      replica.reapply(later[shard], delta[shard]);
    }
    assertThat(replica.examples()).isEqualTo(2);
  }

  @Test
  void theJarBringsTheLearner() throws IOException {
    Path jar = LearnerJar.write(directory.resolve("learner.jar"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      assertThat(new LearnerRegistry(loader).types())
          .contains("id-sum", "partitioned-bagging", "logistic-regression");
      assertThat(
              new LearnerRegistry(loader)
                  .find("id-sum")
                  .orElseThrow()
                  .createShared(new LearnerSettings(Target.binary("1"), 10, Map.of(), 1)))
          .isPresent();
    }
    assertThat(new LearnerRegistry(getClass().getClassLoader()).types()).doesNotContain("id-sum");
  }

  private static Map<Integer, double[]> learned(String... ids) {
    IdSum replica = new IdSum();
    for (String id : ids) {
      learn(replica, id);
    }
    Map<Integer, double[]> figures = new TreeMap<>();
    for (CoordinateBatch batch : drained(replica)) {
      for (int i = 0; i < batch.statisticsSize(); i++) {
        double[] each = new double[IdSum.WIDTH];
        System.arraycopy(batch.statistics(), i * IdSum.WIDTH, each, 0, IdSum.WIDTH);
        figures.put(batch.statisticsCoordinates()[i], each);
      }
    }
    return figures;
  }

  private static void learn(IdSum replica, String id) {
    Example example = new Example();
    example.identify(id, "", 0);
    replica.learn(example);
  }

  private static CoordinateBatch[] drained(IdSum replica) {
    CoordinateBatch[] batches = new CoordinateBatch[IdSum.SHAPE.shards()];
    Arrays.setAll(batches, shard -> new CoordinateBatch(1, IdSum.WIDTH));
    replica.drain(batches);
    return batches;
  }

  private static double count(Map<Integer, double[]> figures) {
    return figures.values().stream().mapToDouble(each -> each[0]).sum();
  }

  private static double sums(Map<Integer, double[]> figures) {
    return figures.values().stream().mapToDouble(each -> each[1] + 3 * each[2]).sum();
  }
}
