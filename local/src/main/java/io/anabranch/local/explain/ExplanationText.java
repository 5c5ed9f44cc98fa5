package io.anabranch.local.explain;

import io.anabranch.job.kafka.TopicSetup;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.Delivery;
import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.Output;
import io.anabranch.local.profile.DeadLetters;
import io.anabranch.local.profile.PipelineSample;
import io.anabranch.local.run.PipelineRun;
import io.anabranch.local.view.Figures;
import io.anabranch.local.view.TextTable;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An explanation as text. */
public final class ExplanationText {
  private static final int MOST_REASONS = 10;

  private final Explanation explanation;
  private final Pipeline pipeline;
  private final List<String> lines = new ArrayList<>();

  private ExplanationText(Explanation explanation) {
    this.explanation = explanation;
    this.pipeline = explanation.pipeline();
  }

  /** The explanation, line by line. */
  public static List<String> lines(Explanation explanation) {
    ExplanationText text = new ExplanationText(explanation);
    text.settings();
    text.sample();
    text.features();
    text.learners();
    text.topics();
    text.warnings();
    return text.lines;
  }

  private void settings() {
    Input input = pipeline.input();
    TextTable table =
        new TextTable()
            .row("kafka", pipeline.kafka().bootstrap())
            .row(
                "input",
                input.topic()
                    + (input.format() instanceof Pipeline.Format.Csv ? ", csv" : ", json")
                    + "; id: "
                    + input.id().orElse("topic-partition-offset")
                    + "; key: "
                    + input.key().orElse("none")
                    + "; time: "
                    + input.time().orElse("Kafka's")
                    + (input.spread() ? "; spread" : ""))
            .row("target", target())
            .row("parallelism", explanation.parallelism())
            .row("evaluation", evaluation())
            .row(
                "checkpoints",
                "every "
                    + millis(pipeline.checkpoint().intervalMillis())
                    + ", in "
                    + pipeline.checkpoint().dir())
            .row("seed", pipeline.seed());
    if (!pipeline.flink().isEmpty()) {
      table.row(
          "flink",
          new TreeMap<>(pipeline.flink())
              .entrySet().stream()
                  .map(option -> option.getKey() + "=" + option.getValue())
                  .collect(Collectors.joining(", ")));
    }
    section("pipeline " + pipeline.name(), table.lines());
  }

  private String evaluation() {
    String windows = "windows of " + pipeline.evaluationWindow() + " examples";
    double share = pipeline.holdout().fraction();
    return share > 0 ? windows + "; a share of " + share + " is scored and never learned" : windows;
  }

  private String target() {
    String type = pipeline.target().target().type().name().toLowerCase(Locale.ROOT);
    String text =
        pipeline.target().field() + (pipeline.target().field().isEmpty() ? "" : ", ") + type;
    if (!pipeline.target().target().positive().isEmpty()) {
      text += ", positive: " + pipeline.target().target().positive();
    }
    return text + pipeline.target().weight().map(weight -> ", weight: " + weight).orElse("");
  }

  private void sample() {
    if (explanation.sample().isEmpty()) {
      return;
    }
    PipelineSample seen = explanation.sample().get().seen();
    long dead = seen.records() - seen.decoded();
    List<String> text = new ArrayList<>();
    text.add(
        "  "
            + Figures.count(seen.records())
            + (seen.complete() ? " records" : " records, the first of more")
            + ", "
            + Figures.count(dead)
            + (dead == 1 ? " dead letter, " : " dead letters, ")
            + Figures.count(seen.target().labelled())
            + " labelled");
    for (DeadLetters reason : seen.deadLetters().stream().limit(MOST_REASONS).toList()) {
      text.add(
          "  "
              + Figures.count(reason.count())
              + " such as line "
              + reason.line()
              + ": "
              + reason.message());
    }
    section("sample " + explanation.sample().get().file(), text);
  }

  private void features() {
    String how =
        pipeline.features() instanceof FeatureSpec.Listed
            ? "features, as listed"
            : "features, auto";
    int bits = pipeline.features().hashBits();
    String space =
        bits == LearnerSettings.DEFAULT_HASH_BITS ? "" : ", hashed into 2^" + bits + " coordinates";
    section(
        how + space,
        new FieldTable(pipeline, explanation.sample().map(Explanation.Sampled::seen)).lines());
  }

  private void learners() {
    List<String> text = new ArrayList<>();
    pipeline.learners().forEach(learner -> text.addAll(LearnerText.lines(explanation, learner)));
    section("learners", text);
  }

  private void topics() {
    int parallelism = explanation.parallelism();
    TextTable table = new TextTable();
    table.row("topic", "", "partitions, where a run creates it");
    table.row(pipeline.input().topic(), "read", PipelineRun.fedPartitions(pipeline, parallelism));
    Map<Output, String> topics = new EnumMap<>(pipeline.topics());
    Map<Output, Delivery> delivery = pipeline.delivery();
    topics.forEach(
        (output, topic) ->
            table.row(
                topic,
                output.text() + ", " + delivery.getOrDefault(output, Delivery.EXACTLY_ONCE).text(),
                TopicSetup.partitions(output, parallelism)));
    section("topics", table.lines());
  }

  private void warnings() {
    List<String> warnings =
        new ArrayList<>(
            PipelineWarnings.of(pipeline, explanation.parallelism(), explanation.registry()));
    explanation
        .sample()
        .ifPresent(sample -> warnings.addAll(SampleWarnings.of(explanation, sample)));
    if (warnings.isEmpty()) {
      section("no warnings", List.of());
    } else {
      section("warnings", warnings.stream().map(warning -> "  - " + warning).toList());
    }
  }

  private void section(String title, List<String> text) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(title);
    lines.addAll(text);
  }

  static String millis(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
