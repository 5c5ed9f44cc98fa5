package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anabranch.operators.metrics.LearningMetric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run tells Prometheus, and what dashboards and alerts ask of it. */
class MetricsIT {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SERVED = Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE);
  private static final Pattern ASKED = Pattern.compile("(flink_[A-Za-z0-9_]+)");
  private static final int RECORDS = 3000;
  private static final List<String> LEARNERS = List.of("shared", "single", "bag");
  private static final List<String> ASKING =
      List.of(
          "monitoring/grafana/learning.json",
          "monitoring/grafana/job.json",
          "monitoring/prometheus/alerts.yaml",
          "docs/metrics.md");
  private static final List<String> PROMISED =
      Arrays.stream(LearningMetric.values()).map(LearningMetric::prometheusName).toList();

  @TempDir static Path directory;
  private static String page = "";

  @BeforeAll
  static void scrapeARun() throws Exception {
    CommandFixture command = new CommandFixture(directory);
    String feed =
        command.file(
            "feed.jsonl",
            "no record\n{\"id\":\"x\",\"user\":\"u\",\"a\":\"?\",\"y\":0}\n"
                + CommandFixture.lines(0, RECORDS));
    String pipeline =
        command.file(
            "tried.yaml",
            CommandFixture.PIPELINE.replace(
                "checkpoint:",
                "  - {id: bag, type: online-bagging, placement: ensemble}\n"
                    + "  - {id: split, type: naive-bayes, split: true}\n"
                    + "drift: {detector: adwin}\ncheckpoint:"));
    int port = QuietPort.find();
    Set<String> asked = asked();
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
    long patience =
        System.nanoTime() + TimeUnit.MINUTES.toNanos(10); // then the tests say what lacks
    while (!run.isDone() && !isWhole(page, asked) && System.nanoTime() - patience < 0) {
      LockSupport.parkNanos(100_000_000);
      page = scrape(port);
    }
    command.stop.stop();
    assertThat(run.get(5, TimeUnit.MINUTES)).as(command.err()).isZero();
  }

  /**
   * Everything is learned, reported, and in a checkpoint; a page can be asked for at any moment.
   */
  private static boolean isWhole(String page, Set<String> asked) {
    return names(SERVED, page).containsAll(PROMISED)
        && names(SERVED, page).containsAll(asked)
        && LEARNERS.stream().allMatch(id -> page.lines().anyMatch(line -> isFigure(line, id)))
        && sample(page, LearningMetric.RECORDS) == RECORDS
        && sample(page, LearningMetric.DEAD_LETTERS) == 2
        && LEARNERS.stream()
            .map("learner=\"%s\""::formatted)
            .allMatch(
                label ->
                    sample(page, LearningMetric.LEARNED, label) == RECORDS
                        && sample(page, LearningMetric.PREDICTIONS, label) == RECORDS)
        && sample(page, LearningMetric.MODEL_EXAMPLES) == RECORDS
        && sample(page, LearningMetric.MODEL_WRITES) > 0
        && sample(page, LearningMetric.MODEL_SQUARED_NORM) > 0;
  }

  private static boolean isFigure(String line, String learner) {
    return line.startsWith(LearningMetric.WINDOW.prometheusName() + "{")
        && line.contains("learner=\"" + learner + "\"")
        && line.contains("figure=\"accuracy\"");
  }

  /** By the files of {@link #whatIsAskedForIsServed}. */
  private static Set<String> asked() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String file : ASKING) {
      asked.addAll(names(ASKED, Files.readString(ROOT.resolve(file))));
    }
    return asked;
  }

  /** The page of metrics, empty as long as there is none. */
  private static String scrape(int port) throws InterruptedException {
    URI address = URI.create("http://localhost:" + port + "/metrics");
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    }
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static double sample(String page, LearningMetric metric, String... labels) {
    return page.lines()
        .filter(line -> line.startsWith(metric.prometheusName() + "{"))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void allDocumentedMetricsAreServedAndNoOthers() {
    assertThat(names(SERVED, page).stream().filter(name -> name.contains("anabranch")))
        .containsExactlyInAnyOrderElementsOf(PROMISED);
  }

  @Test
  void countsAreWhatWasFed() {
    assertThat(sample(page, LearningMetric.RECORDS)).isEqualTo(RECORDS);
    assertThat(sample(page, LearningMetric.DEAD_LETTERS, "cause=\"decode\"")).isEqualTo(1);
    assertThat(sample(page, LearningMetric.DEAD_LETTERS, "cause=\"validate\"")).isEqualTo(1);
    assertThat(sample(page, LearningMetric.MODEL_EXAMPLES)).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @FieldSource("LEARNERS")
  void eachLearnerHasItsFigures(String learner) {
    String label = "learner=\"" + learner + "\"";

    assertThat(sample(page, LearningMetric.PREDICTIONS, label)).isEqualTo(RECORDS);
    assertThat(sample(page, LearningMetric.WINDOW, label, "figure=\"accuracy\""))
        .isBetween(0.4, 1.0);
  }

  @Test
  void labelsAreTheIdsAsTheyAre() {
    assertThat(page).contains("operator_name=\"shared-trainer\"");
  }

  @ParameterizedTest
  @FieldSource("ASKING")
  void whatIsAskedForIsServed(String file) throws Exception {
    Set<String> asked = names(ASKED, Files.readString(ROOT.resolve(file)));

    assertThat(asked).isNotEmpty();
    assertThat(names(SERVED, page)).containsAll(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"learning", "job"})
  void aDashboardHasPanelsThatAskForSomething(String name) throws Exception {
    var dashboard =
        new ObjectMapper().readTree(ROOT.resolve("monitoring/grafana/" + name + ".json").toFile());

    assertThat(dashboard.path("uid").asText()).isEqualTo("anabranch-" + name);
    assertThat(dashboard.path("panels")).isNotEmpty();
    for (var panel : dashboard.path("panels")) {
      assertThat(panel.path("type").asText().equals("row") || !panel.path("targets").isEmpty())
          .as(panel.path("title").asText())
          .isTrue();
    }
  }

  @Test
  void eachAlertHasItsPlaceInTheRunbook() throws Exception {
    String runbook = Files.readString(ROOT.resolve("docs/operations.md"));
    String alerts = Files.readString(ROOT.resolve("monitoring/prometheus/alerts.yaml"));

    assertThat(names(Pattern.compile("- alert: (\\w+)"), alerts))
        .isNotEmpty()
        .isEqualTo(names(Pattern.compile("(?m)^### (Anabranch\\w+)$"), runbook));
  }
}
