package io.anabranch.local.explain;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.local.run.PipelineRun;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is questionable about a pipeline, whatever its data. */
final class PipelineWarnings {
  private static final Set<String> BASELINES = Set.of("no-change", "majority-class");

  private PipelineWarnings() {}

  static List<String> of(Pipeline pipeline, int parallelism, LearnerRegistry registry) {
    List<String> warnings = new ArrayList<>();
    if (pipeline.input().id().isEmpty()) {
      warnings.add(
          "input.id is not given: predictions carry topic-partition-offset instead, which nothing"
              + " else knows");
    }
    int partitions = PipelineRun.fedPartitions(pipeline, parallelism);
    if (sharedIn(pipeline) && partitions < parallelism && !pipeline.input().spread()) {
      warnings.add(
          "an input topic that a run creates has "
              + (partitions == 1 ? "one partition" : partitions + " partitions")
              + ", so "
              + partitions
              + " of "
              + parallelism
              + " trainers of a shared model would work: give input.key, set input.spread: true,"
              + " or create the topic with "
              + parallelism
              + " partitions");
    }
    for (LearnerEntry learner : pipeline.learners()) {
      members(learner, registry)
          .filter(members -> members < parallelism)
          .ifPresent(
              members ->
                  warnings.add(
                      learner.id()
                          + " has "
                          + members
                          + (members == 1 ? " member" : " members")
                          + ", so "
                          + members
                          + " of "
                          + parallelism
                          + " subtasks would hold any: more hyper.members use the others, and are"
                          + " another model"));
    }
    boolean judged = pipeline.target().target().type() != TargetType.NONE;
    if (judged
        && pipeline.learners().stream().noneMatch(learner -> BASELINES.contains(learner.type()))) {
      warnings.add(
          "there is no baseline: add {id: last, type: no-change, key: none}, which says what doing"
              + " nothing achieves");
    }
    return warnings;
  }

  private static Optional<Integer> members(LearnerEntry learner, LearnerRegistry registry) {
    return Optional.of(learner)
        .filter(entry -> entry.placement() == Placement.ENSEMBLE)
        .flatMap(entry -> registry.find(entry.type()))
        .flatMap(provider -> provider.ensemble(learner.settings()))
        .map(Ensemble::members);
  }

  static boolean sharedIn(Pipeline pipeline) {
    return pipeline.learners().stream()
        .anyMatch(learner -> learner.placement() == Placement.SHARED);
  }
}
