package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.metrics.LearningMetric;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells Prometheus. */
class MetricsIT {
  private static final Pattern NAME = Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE);

  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The page of metrics, empty as long as there is none. */
  private static String scrape(int port) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    }
  }

  private static Set<String> names(String page) {
    return NAME.matcher(page)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static double sample(String page, String name, String... labels) {
    return page.lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void allDocumentedMetricsAreServedAndNoOthers() throws Exception {
    String pipeline = command.file("tried.yaml", CommandFixture.PIPELINE + "flink: {}\n");
    String feed =
        command.file(
            "feed.jsonl",
            "no record\n{\"id\":\"x\",\"user\":\"u\",\"a\":\"?\",\"y\":0}\n"
                + CommandFixture.lines(0, 3000));
    int port = freePort();
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(
            () ->
                command.run(
                    "run",
                    pipeline,
                    "--embedded",
                    "--metrics-port",
                    String.valueOf(port),
                    "--feed",
                    "tried.features=" + feed));
    String page = scrape(port);
    while (!run.isDone()
        && !(sample(page, LearningMetric.LEARNED.prometheusName(), "learner=\"shared\"") == 3000
            && page.contains(LearningMetric.WINDOW.prometheusName())
            && sample(page, LearningMetric.MODEL_WRITES.prometheusName()) > 0
            && sample(page, LearningMetric.MODEL_SQUARED_NORM.prometheusName()) > 0)) {
      LockSupport.parkNanos(100_000_000);
      page = scrape(port);
    }
    command.stop.stop();
    assertThat(run.get(90, TimeUnit.SECONDS)).as(command.err()).isZero();

    assertThat(names(page).stream().filter(name -> name.contains("anabranch")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(LearningMetric.values()).map(LearningMetric::prometheusName).toList());
    assertThat(sample(page, LearningMetric.RECORDS.prometheusName())).isEqualTo(3000);
    for (String cause : new String[] {"decode", "validate"}) {
      assertThat(
              sample(page, LearningMetric.DEAD_LETTERS.prometheusName(), "cause=\"" + cause + "\""))
          .as(cause)
          .isEqualTo(1);
    }
    for (String learner : new String[] {"shared", "single"}) {
      String label = "learner=\"" + learner + "\"";
      assertThat(sample(page, LearningMetric.PREDICTIONS.prometheusName(), label)).isEqualTo(3000);
      assertThat(sample(page, LearningMetric.WINDOW.prometheusName(), label, "figure=\"accuracy\""))
          .isBetween(0.4, 1.0);
    }
    assertThat(sample(page, LearningMetric.MODEL_EXAMPLES.prometheusName())).isEqualTo(3000);
    assertThat(
            sample(
                page,
                LearningMetric.FRESHNESS.prometheusName(),
                "quantile=\"0.5\"",
                "subtask_index=\"0\""))
        .isBetween(0.0, 5.0);
  }

  @Test
  void aPortThatCannotBeIsRefused() throws Exception {
    assertThat(command.run("run", command.pipeline(), "--metrics-port", "70000")).isEqualTo(2);
    assertThat(command.err()).startsWith("--metrics-port must be between 1 and 65535, got 70000");
  }
}
