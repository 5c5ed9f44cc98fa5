package io.anabranch.local.explain;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.local.profile.Sampler;
import io.anabranch.models.data.Example;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Lets each learner learn from a sample as the job would, one model per key where it is per key,
 * and measures what its models would take in state.
 */
final class ModelSizes implements Sampler.ExampleConsumer {
  /** More models than that say no more about their size. */
  private static final int MOST_MODELS = 1000;

  private final List<Trained> all = new ArrayList<>();

  ModelSizes(Pipeline pipeline, LearnerRegistry registry) {
    List<String> keyFields = LearnerKey.otherFields(pipeline);
    for (LearnerEntry learner : pipeline.learners()) {
      LearnerKey key = LearnerKey.of(pipeline, learner);
      LearnerProvider provider = registry.find(learner.type()).orElseThrow();
      all.add(new Trained(learner, key, key.field().map(keyFields::indexOf).orElse(-1), provider));
    }
  }

  @Override
  public void accept(Example example, List<String> extraKeys) {
    for (Trained learner : all) {
      learner.learn(example, extraKeys);
    }
  }

  /** By learner id. */
  Map<String, ModelSize> sizes() {
    Map<String, ModelSize> sizes = new LinkedHashMap<>();
    all.forEach(learner -> sizes.put(learner.entry.id(), learner.size()));
    return sizes;
  }

  private static final class Trained {
    private final LearnerEntry entry;
    private final LearnerKey key;
    private final int extraKey;
    private final LearnerProvider provider;
    private final Map<String, Learner> models = new HashMap<>();
    private boolean capped;

    Trained(LearnerEntry entry, LearnerKey key, int extraKey, LearnerProvider provider) {
      this.entry = entry;
      this.key = key;
      this.extraKey = extraKey;
      this.provider = provider;
    }

    void learn(Example example, List<String> extraKeys) {
      String of = extraKey >= 0 ? extraKeys.get(extraKey) : key.choice().of(example);
      if (models.size() == MOST_MODELS && !models.containsKey(of)) {
        capped = true;
        return;
      }
      Learner model = models.computeIfAbsent(of, fresh -> create());
      if (example.labelled()) {
        model.learn(example);
      }
    }

    private Learner create() {
      return entry.placement() == Placement.SHARED
          ? provider.createShared(entry.settings()).orElseThrow()
          : provider.create(entry.settings());
    }

    ModelSize size() {
      LongSummaryStatistics bytes =
          models.values().stream()
              .mapToLong(model -> provider.write(model).length)
              .summaryStatistics();
      return new ModelSize(
          models.size(), capped, Math.round(bytes.getAverage()), Math.max(0, bytes.getMax()));
    }
  }
}
