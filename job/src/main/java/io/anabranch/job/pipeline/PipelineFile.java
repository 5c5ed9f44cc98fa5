package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.Checkpoint;
import io.anabranch.job.pipeline.Pipeline.Format;
import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.Kafka;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.metrics.Holdout;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads pipeline files. */
public final class PipelineFile {
  private final Section root;
  private final LearnerRegistry registry;

  private PipelineFile(Section root, LearnerRegistry registry) {
    this.root = root;
    this.registry = registry;
  }

  /**
   * Reads a pipeline file.
   *
   * @param fileName the file's name as the user gave it; {@code ${file:PATH}} is relative to its
   *     directory
   * @param yamlText what stands in it
   * @param sets the {@code --set} options, each {@code PATH=VALUE}; later ones win
   * @param environment the environment variables by name
   * @param registry the learner types that can be named
   * @throws PipelineException with every problem that was found
   */
  public static Pipeline read(
      String fileName,
      String yamlText,
      List<String> sets,
      Function<String, Optional<String>> environment,
      LearnerRegistry registry)
      throws PipelineException {
    Problems problems = new Problems();
    Optional<YamlNode> content = YamlReader.readFile(fileName, yamlText, problems);
    if (content.isEmpty() || !(content.get() instanceof YamlNode.Mapping mapping)) {
      if (problems.isEmpty()) {
        problems.add(
            Origin.inFile(fileName, 0),
            "",
            "must be a section with the keys "
                + String.join(", ", PipelineKeys.ROOT.requiredNames())
                + ", got "
                + content.map(YamlNode::kind).orElse("nothing"));
      }
      throw problems.toException();
    }
    YamlNode.Mapping top = new YamlNode.Mapping(Origin.inFile(fileName, 0), mapping.entries());
    for (String set : sets) {
      SetOption.apply(set, top, problems);
    }
    Substitution substitution = new Substitution(fileName, environment, problems);
    YamlNode.Mapping resolved = (YamlNode.Mapping) substitution.in(top, "");
    Section root = new Section(PipelineKeys.ROOT, resolved, "", substitution, problems);
    Pipeline pipeline = new PipelineFile(root, registry).pipeline();
    if (pipeline.input().format() instanceof Format.Csv csv && !csv.columns().isEmpty()) {
      ColumnReferences.check(resolved, csv.columns(), problems);
    }
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return ConfigHash.addTo(pipeline);
  }

  private Pipeline pipeline() {
    String name = root.text("pipeline");
    Section kafka = root.section("kafka");
    Input input = input(root.section("input"));
    TargetField target = TargetReader.read(root.section("target"));
    boolean csv = input.format() instanceof Format.Csv;
    FeatureSpec features = new FeaturesReader(root, reserved(input, target), target, csv).read();
    long seed = root.number("seed");
    List<LearnerEntry> learners =
        new LearnersReader(root, registry, target.target(), features, seed).read();
    Section evaluation = root.section("evaluation");
    int window = (int) evaluation.number("window");
    Holdout holdout = new Holdout(evaluation.fraction("holdout"), seed);
    DriftDetection drift = drift(root.section("drift"), target.target());
    OutputsReader outputs = new OutputsReader(root, name, input.topic());
    Section checkpoint = root.section("checkpoint");
    return new Pipeline(
        name,
        new Kafka(kafka.text("bootstrap"), kafka.openTexts("properties")),
        input,
        target,
        features,
        learners,
        window,
        holdout,
        drift,
        outputs.topics(),
        outputs.delivery(),
        outputs.control(),
        root.openTexts("flink"),
        new Checkpoint(checkpoint.number("interval"), checkpoint.text("dir")),
        seed,
        "");
  }

  private static DriftDetection drift(Section drift, Target target) {
    DriftDetection detection =
        DriftDetection.named(drift.text("detector")).orElse(DriftDetection.NONE);
    detection.refusal(target.type()).ifPresent(reason -> drift.problem("detector", reason));
    drift.text("action");
    return detection;
  }

  /** The fields with a role of their own, which {@code auto} leaves out; the key stays in. */
  private static Set<String> reserved(Input input, TargetField target) {
    Set<String> reserved = new LinkedHashSet<>();
    if (!target.field().isEmpty()) {
      reserved.add(target.field());
    }
    target.weight().ifPresent(reserved::add);
    input.id().ifPresent(reserved::add);
    input.time().ifPresent(reserved::add);
    return reserved;
  }

  private static Input input(Section input) {
    return new Input(
        input.text("topic"),
        format(input),
        input.optionalText("id"),
        input.optionalText("key"),
        input.optionalText("time"),
        input.flag("spread"));
  }

  private static Format format(Section input) {
    if (!input.text("format").equals("csv")) {
      for (String name : List.of("columns", "delimiter")) {
        if (input.node(name).isPresent()) {
          input.problem(name, "is only for format: csv, got format: " + input.text("format"));
        }
      }
      return new Format.Json();
    }
    LinkedHashMap<String, Integer> columns = new LinkedHashMap<>();
    int i = 0;
    for (YamlNode.Scalar column : input.texts("columns")) {
      Integer earlier = columns.putIfAbsent(column.text(), i);
      if (earlier != null) {
        input.problem("columns", "must differ from each other, got '" + column.shown() + "' twice");
      }
      i++;
    }
    if (i == 0) {
      input.problem("columns", "is required for format: csv: the names of the columns, in order");
    }
    String delimiter = input.text("delimiter");
    if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
      input.problem(
          "delimiter",
          "must be one character, no quote and no line break, got '"
              + input.shown("delimiter", delimiter)
              + "'");
      delimiter = ",";
    }
    return new Format.Csv(List.copyOf(columns.keySet()), delimiter.charAt(0));
  }
}
