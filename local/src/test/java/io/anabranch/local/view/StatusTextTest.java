package io.anabranch.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.local.feed.FeedProgress;
import io.anabranch.local.output.MetricsLine;
import io.anabranch.local.view.Status.CheckpointStatus;
import io.anabranch.local.view.Status.LearnerStatus;
import io.anabranch.local.view.Status.ModelStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  private static final MetricsLine ALL =
      new MetricsLine(
          "lr",
          true,
          Map.of(
              "records", 26000.0,
              "deadLetters", 2.0,
              "unlabelled", 700.0,
              "examples", 25300.0,
              "accuracy", 0.6123,
              "logLoss", 0.6551));
  private static final MetricsLine WINDOW =
      new MetricsLine("lr", false, Map.of("accuracy", 0.633, "logLoss", 0.648));

  private static Status status(long seconds, Optional<String> trouble) {
    return status(seconds, trouble, ALL);
  }

  private static Status status(long seconds, Optional<String> trouble, MetricsLine all) {
    return status(2, seconds, trouble, all);
  }

  private static Status status(
      int parallelism, long seconds, Optional<String> trouble, MetricsLine all) {
    return status(parallelism, seconds, Optional.empty(), trouble, all);
  }

  private static Status status(
      int parallelism,
      long seconds,
      Optional<Outage> outage,
      Optional<String> trouble,
      MetricsLine all) {
    return new Status(
        "flights",
        "Delayed",
        parallelism,
        Duration.ofSeconds(seconds),
        1998.4,
        List.of(new FeedProgress("t", Path.of("data/f.csv.gz"), 26500, 400, 1000, false)),
        List.of(
            new LearnerStatus(
                "lr",
                Optional.of(all),
                Optional.of(WINDOW),
                Optional.of(new ModelStatus.Shared(1_312, Optional.of(Duration.ofSeconds(7))))),
            new LearnerStatus(
                "idle",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ModelStatus.PerKey(14))),
            new LearnerStatus(
                "bag",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ModelStatus.Ensemble(10)))),
        Optional.of(new CheckpointStatus(Duration.ofSeconds(3), 1_300_000)),
        Optional.of("x must be finite, got NaN (clicks, partition 0, offset 12)"),
        outage,
        trouble,
        "Flink UI http://localhost:8081");
  }

  @Test
  void aTargetThatNoRecordHasIsNamed() {
    Status status =
        status(
            20,
            Optional.empty(),
            new MetricsLine("lr", true, Map.of("records", 26000.0, "unlabelled", 26000.0)));
    String remark = "no record has the target's field 'Delayed': nothing is learned";
    assertThat(StatusText.block(status)).contains("  " + remark);
    assertThat(StatusText.line(status)).contains(" | " + remark + " | ");
    assertThat(StatusText.line(status(20, Optional.empty()))).doesNotContain("nothing is learned");
  }

  @Test
  void theBlockShowsEverythingInAFewLines() {
    assertThat(StatusText.block(status(20, Optional.empty())))
        .containsExactly(
            "flights  00:00:20   26,000 records   1,998/s   2 dead letters   700 unlabelled",
            "  feed f.csv.gz 26,500 (40 %, about 00:00:30 left)",
            "  learner                    examples   accuracy   (window)   log loss   (window)",
            "  lr                           25,300     0.6123     0.6330     0.6551     0.6480",
            "  idle                              0          -          -          -          -",
            "  bag                               0          -          -          -          -",
            "  models: lr 7 s old, 1,312 examples behind; idle 14 models; bag 10 members",
            "  last dead letter: x must be finite, got NaN (clicks, partition 0, offset 12)",
            "  checkpoint 3 s ago, 1.2 MB   Flink UI http://localhost:8081   Ctrl-C stops");
  }

  @Test
  void keysThatAreTheWorkOfASubtaskAreNamedTheLargestFirst() {
    MetricsLine skewed =
        new MetricsLine("lr", true, Map.of(), Map.of("u7", 0.26, "u42", 0.49, "u9", 0.2));

    assertThat(StatusText.block(hot(4, skewed)))
        .contains("  hot keys: lr 'u42' 49 %; lr 'u7' 26 %");
    assertThat(StatusText.line(hot(4, skewed)))
        .contains(" | hot keys: lr 'u42' 49 %; lr 'u7' 26 % | ");
    assertThat(StatusText.block(hot(2, skewed))).contains("  hot keys: lr 'u42' 49 %");
    assertThat(StatusText.line(hot(1, skewed))).doesNotContain("hot keys");
  }

  @Test
  void keysThatAreAllEquallyBusyAreNotHot() {
    MetricsLine even =
        new MetricsLine(
            "lr", true, Map.of(), Map.of("a", 0.2, "b", 0.2, "c", 0.2, "d", 0.2, "e", 0.2));

    assertThat(StatusText.line(hot(2, even))).doesNotContain("hot keys");
  }

  private static Status hot(int parallelism, MetricsLine all) {
    return status(parallelism, 20, Optional.empty(), all);
  }

  @Test
  void aRestartIsSaidWithItsReason() {
    assertThat(StatusText.block(status(20, Optional.of("TimeoutException: no answer"))))
        .last()
        .isEqualTo("  restarting: TimeoutException: no answer");
  }

  private static Status away(long seconds, long awaySeconds) {
    Outage outage =
        new Outage("b1:9092,b2:9092", LocalTime.of(9, 5, 7), Duration.ofSeconds(awaySeconds));
    return status(2, seconds, Optional.of(outage), Optional.empty(), ALL);
  }

  @Test
  void kafkaThatIsAwayIsNamedWithItsAddressTheTimeAndWhatTheRunDoes() {
    assertThat(StatusText.block(away(20, 75)))
        .endsWith(
            "  Kafka at b1:9092,b2:9092 has not answered since 09:05:07 (00:01:15)",
            "  the run goes on trying, if need be from its last checkpoint: each record is learned"
                + " once");
    assertThat(StatusText.line(away(20, 75)))
        .endsWith(
            " | Kafka at b1:9092,b2:9092 has not answered since 09:05:07 (00:01:15): the run goes"
                + " on trying, if need be from its last checkpoint: each record is learned once");
  }

  @Test
  void withoutATerminalKafkaThatGoesAndComesBackIsToldAtOnce() {
    StringWriter out = new StringWriter();
    Screen screen = new Screen(new PrintWriter(out), false);
    screen.show(status(0, Optional.empty()));
    screen.show(away(1, 5));
    screen.show(away(2, 6));
    screen.show(status(3, Optional.empty()));
    screen.show(status(4, Optional.empty()));

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).contains("has not answered");
    assertThat(lines.get(2)).isEqualTo("Kafka at b1:9092,b2:9092 answers again, after 00:00:06");
    assertThat(lines.get(3)).doesNotContain("Kafka at");
  }

  @Test
  void onATerminalTheLinesAboutKafkaGoWhenItIsBack() {
    StringWriter out = new StringWriter();
    Screen screen = new Screen(new PrintWriter(out), true);
    screen.show(away(1, 5));
    out.getBuffer().setLength(0);
    screen.show(status(2, Optional.empty()));

    assertThat(out.toString()).startsWith("\u001b[?7l\u001b[11A\r").doesNotContain("Kafka at");
    assertThat(out.toString().lines().skip(10).limit(2)).containsOnly("\u001b[K");
  }

  @Test
  void theLineSaysTheSame() {
    assertThat(StatusText.line(status(20, Optional.empty())))
        .isEqualTo(
            "00:00:20  26,000 records, 1,998/s, 2 dead letters, 700 unlabelled"
                + " | feed f.csv.gz 26,500 (40 %, about 00:00:30 left)"
                + " | lr 25,300 learned, accuracy 0.6123 (0.6330), log loss 0.6551 (0.6480)"
                + " | idle 0 learned, accuracy - (-), log loss - (-)"
                + " | bag 0 learned, accuracy - (-), log loss - (-)"
                + " | models: lr 7 s old, 1,312 examples behind; idle 14 models; bag 10 members"
                + " | last dead letter: x must be finite, got NaN (clicks, partition 0, offset 12)"
                + " | checkpoint 3 s ago, 1.2 MB | Flink UI http://localhost:8081");
  }

  @Test
  void withoutATerminalALineComesEveryFewSeconds() {
    StringWriter out = new StringWriter();
    Screen screen = new Screen(new PrintWriter(out), false);
    for (int second = 0; second < 11; second++) {
      screen.show(status(second, Optional.empty()));
    }

    assertThat(out.toString().lines()).hasSize(3);
  }

  @Test
  void onATerminalTheBlockIsDrawnOverItself() {
    StringWriter out = new StringWriter();
    Screen screen = new Screen(new PrintWriter(out), true);
    screen.show(status(1, Optional.empty()));
    screen.show(status(2, Optional.empty()));

    assertThat(out.toString()).containsOnlyOnce("\u001b[9A\r");
  }

  @Test
  void theRateIsThatOfTheLastSeconds() {
    RateMeter meter = new RateMeter();
    assertThat(meter.sample(0, 0)).isZero();
    assertThat(meter.sample(1_000_000_000L, 100)).isEqualTo(100);
    assertThat(meter.sample(9_000_000_000L, 100)).isZero();
  }
}
