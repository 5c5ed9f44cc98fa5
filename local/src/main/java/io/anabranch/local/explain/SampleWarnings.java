package io.anabranch.local.explain;

import io.anabranch.job.pipeline.NearestName;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.profile.LabelAssociation;
import io.anabranch.local.profile.SampledField;
import io.anabranch.local.profile.TargetProfile;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.RecordEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a sample shows to be questionable about a pipeline. */
final class SampleWarnings {
  /** Agreement beyond chance, or correlation, from which the label before tells much. */
  private static final double STRONG = 0.2;

  /** A single field that tells so much was hardly known before the label. */
  private static final double TELLS_THE_CLASS = 0.995;

  private static final double TELLS_THE_NUMBER = 0.95;
  private static final int MOST_SHOWN = 5;
  private static final long FEW_PER_KEY = 20;

  private final Explanation explanation;
  private final Explanation.Sampled sample;
  private final Pipeline pipeline;
  private final RecordEncoder encoder;
  private final List<String> warnings = new ArrayList<>();

  private SampleWarnings(Explanation explanation, Explanation.Sampled sample) {
    this.explanation = explanation;
    this.sample = sample;
    this.pipeline = explanation.pipeline();
    this.encoder = new RecordEncoder(pipeline.features(), pipeline.features().hashBits());
  }

  static List<String> of(Explanation explanation, Explanation.Sampled sample) {
    SampleWarnings all = new SampleWarnings(explanation, sample);
    all.names();
    all.target();
    all.key();
    sample.seen().fields().forEach(all::field);
    return all.warnings;
  }

  /** Fields that the file names and no record has. */
  private void names() {
    Map<String, String> named = new LinkedHashMap<>();
    pipeline.input().id().ifPresent(field -> named.put("input.id", field));
    pipeline.input().key().ifPresent(field -> named.put("input.key", field));
    pipeline.input().time().ifPresent(field -> named.put("input.time", field));
    if (!pipeline.target().field().isEmpty()) {
      named.put("target.field", pipeline.target().field());
    }
    pipeline.target().weight().ifPresent(field -> named.put("target.weight", field));
    if (pipeline.features() instanceof FeatureSpec.Listed listed) {
      for (int i = 0; i < listed.features().size(); i++) {
        FeatureSpec.Feature feature = listed.features().get(i);
        boolean cross = feature instanceof FeatureSpec.Cross;
        for (int j = 0; j < feature.fields().size(); j++) {
          named.put(
              "features[" + i + "]" + (cross ? ".cross[" + j + "]" : ".field"),
              feature.fields().get(j));
        }
      }
    }
    named.forEach(
        (path, field) -> {
          if (!isThere(field)) {
            warnings.add(
                path
                    + ": no record of the sample has a field '"
                    + field
                    + "'"
                    + NearestName.hint(field, sample.raw().byName().keySet()));
          }
        });
  }

  /** Whether records have a field, or the outermost object on its path. */
  private boolean isThere(String field) {
    int dot = field.indexOf('.');
    Set<String> names = sample.raw().byName().keySet();
    return names.contains(field) || (dot > 0 && names.contains(field.substring(0, dot)));
  }

  private void target() {
    TargetProfile target = sample.seen().target();
    if (target.type() == TargetType.NONE || sample.seen().decoded() == 0) {
      return;
    }
    if (target.labelled() == 0) {
      warnings.add("no record of the sample has a label: nothing would be learned");
    } else if (target.type() == TargetType.BINARY && !target.classes().containsKey("positive")) {
      warnings.add(
          "no label of the sample is target.positive '"
              + pipeline.target().target().positive()
              + "'; the labels are: "
              + labels());
    } else if (target.constant()) {
      warnings.add("the target is the same in every record of the sample: " + labels());
    } else if (target.dependence() >= STRONG) {
      warnings.add(autocorrelated(target));
    }
  }

  private String labels() {
    return String.join(
        ", ",
        sample.seen().field(pipeline.target().field()).stream()
            .flatMap(field -> field.values().values().counts().keySet().stream())
            .limit(MOST_SHOWN)
            .toList());
  }

  private String autocorrelated(TargetProfile target) {
    String before =
        pipeline.input().key().isPresent()
            ? "the label before it of its key"
            : "the label before it";
    String how =
        target.type() == TargetType.NUMERIC
            ? "correlates " + figure(target.dependence()) + " with " + before
            : "is the same as "
                + before
                + " in "
                + figure(target.noChangeAccuracy())
                + " of the records (the commonest class: "
                + figure(target.commonestAccuracy())
                + ")";
    boolean slowed = PipelineWarnings.sharedIn(pipeline) && explanation.parallelism() > 1;
    return "the target "
        + how
        + ": a learner that doesn't beat no-change is useless here"
        + (slowed
            ? "; and trainers that learn side by side see the newest examples late: compare the"
                + " shared learner with placement: per-key or parallelism 1"
            : "");
  }

  private void key() {
    pipeline
        .input()
        .key()
        .flatMap(sample.seen()::field)
        .ifPresent(
            key -> {
              long keys = key.values().values().distinct();
              if (key.constant()) {
                warnings.add(
                    "input.key '"
                        + key.values().name()
                        + "' has one value: there is one model,"
                        + " and one subtask does all the work");
              } else if (key.values().present() < FEW_PER_KEY * keys) {
                warnings.add(
                    "input.key '"
                        + key.values().name()
                        + "' has "
                        + keys
                        + (key.values().values().complete() ? "" : " or more")
                        + " values in "
                        + key.values().present()
                        + " records: most models of per-key learners will know little");
              }
            });
  }

  private void field(SampledField field) {
    String name = field.values().name();
    if (encoder.field(name).ignored()) {
      return;
    }
    LabelAssociation association = field.association();
    boolean ofClass =
        association.separation() >= TELLS_THE_CLASS
            || (association.purity() >= TELLS_THE_CLASS
                && association.purity() - association.commonest() > 1 - TELLS_THE_CLASS);
    if (ofClass) {
      warnings.add(
          "feature '" + name + "' alone tells the class: is it known before the label is?");
    } else if (Math.abs(association.correlation()) >= TELLS_THE_NUMBER) {
      warnings.add(
          "feature '"
              + name
              + "' correlates "
              + figure(association.correlation())
              + " with the target: is it known before the label is?");
    }
    if (field.looksLikeId()) {
      warnings.add(
          "feature '"
              + name
              + "' has a value of its own in nearly every record, like an id:"
              + " exclude it, or make it input.id");
    } else if (field.rises()) {
      warnings.add(
          "feature '"
              + name
              + "' never falls, like a date or a counter: what was learned from it"
              + " says nothing about the values to come");
    } else if (field.constant()) {
      warnings.add("feature '" + name + "' is the same in every record");
    }
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
