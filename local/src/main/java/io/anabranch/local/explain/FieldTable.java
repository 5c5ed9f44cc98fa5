package io.anabranch.local.explain;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.PipelineSample;
import io.anabranch.local.profile.SampledField;
import io.anabranch.local.view.Figures;
import io.anabranch.local.view.TextTable;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FieldPlan;
import io.anabranch.models.feature.RecordEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What becomes of each field, as the pipeline's own encoder has it. */
final class FieldTable {
  private final Pipeline pipeline;
  private final RecordEncoder encoder;
  private final Optional<PipelineSample> sample;

  FieldTable(Pipeline pipeline, Optional<PipelineSample> sample) {
    this.pipeline = pipeline;
    this.encoder = new RecordEncoder(pipeline.features(), pipeline.features().hashBits());
    this.sample = sample;
  }

  List<String> lines() {
    TextTable table = new TextTable();
    if (sample.isPresent()) {
      table.row("field", "taken as", "numbers", "texts", "missing", "different", "range");
    } else {
      table.row("field", "taken as");
    }
    Set<String> names = names();
    if (names.isEmpty()) {
      return List.of("  by the type of each value; --sample FILE shows what that is for your data");
    }
    for (String name : names) {
      Optional<SampledField> seen = sample.flatMap(s -> s.field(name));
      List<Object> cells = new ArrayList<>();
      cells.add(name);
      cells.add(takenAs(name, seen));
      sample.ifPresent(s -> counts(cells, s, seen));
      table.row(cells.toArray());
    }
    if (pipeline.features() instanceof FeatureSpec.Listed listed) {
      listed.features().stream()
          .filter(FeatureSpec.Cross.class::isInstance)
          .forEach(cross -> table.row(cross.field(), "cross"));
    }
    return table.lines();
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    if (pipeline.features() instanceof FeatureSpec.Listed listed) {
      listed.features().forEach(feature -> names.addAll(feature.fields()));
    }
    sample.ifPresent(s -> s.fields().forEach(field -> names.add(field.values().name())));
    return names;
  }

  private String takenAs(String name, Optional<SampledField> seen) {
    List<String> uses = new ArrayList<>();
    role(name).ifPresent(uses::add);
    FieldPlan plan = encoder.field(name);
    if (plan.kind() == FieldPlan.Kind.AUTO) {
      uses.add(seen.map(field -> byValues(field.values())).orElse("by its values"));
    } else if (!plan.ignored()) {
      uses.add(plan.kind().name().toLowerCase(Locale.ROOT));
    }
    return String.join(", ", uses);
  }

  private Optional<String> role(String name) {
    if (name.equals(pipeline.target().field())) {
      return Optional.of("the target");
    }
    Optional<String> named = Optional.of(name);
    if (named.equals(pipeline.input().id())) {
      return Optional.of("the id");
    }
    if (named.equals(pipeline.input().key())) {
      return Optional.of("the key");
    }
    if (named.equals(pipeline.input().time())) {
      return Optional.of("the time");
    }
    return named.equals(pipeline.target().weight()) ? Optional.of("the weight") : Optional.empty();
  }

  /** What a field becomes that is taken as what stands in it. */
  private static String byValues(FieldProfile values) {
    return switch (values.kind()) {
      case NUMBERS -> "numeric";
      case TEXTS, BOOLEANS -> "categorical";
      case MAPS -> "map";
      case VECTORS -> "vector";
      case MIXED -> "numeric or categorical, by each value";
      case MISSING -> "by its values";
    };
  }

  private static void counts(
      List<Object> cells, PipelineSample sample, Optional<SampledField> seen) {
    if (seen.isEmpty()) {
      cells.addAll(List.of("0", "0", Figures.count(sample.decoded())));
      return;
    }
    FieldProfile values = seen.get().values();
    cells.add(Figures.count(values.numbers()));
    cells.add(Figures.count(values.texts()));
    cells.add(Figures.count(sample.missing(seen.get())));
    cells.add(
        Figures.count(values.values().distinct()) + (values.values().complete() ? "" : " or more"));
    cells.add(
        values
            .minimum()
            .flatMap(least -> values.maximum().map(most -> number(least) + " to " + number(most)))
            .orElse(""));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
