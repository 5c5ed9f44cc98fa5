package io.anabranch.local.explain;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.PipelineSample;
import io.anabranch.local.profile.Profiler;
import io.anabranch.local.profile.Sampler;
import io.anabranch.models.learner.LearnerRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of a pipeline before it runs.
 *
 * @param sample what it would make of a sample, if there is one
 */
public record Explanation(
    Pipeline pipeline, LearnerRegistry registry, int parallelism, Optional<Sampled> sample) {

  /**
   * A sample.
   *
   * @param seen by the pipeline's decoder
   * @param raw all that stands in the file, whether the pipeline looks at it or not
   * @param sizes of the models after learning from it, by learner id
   */
  public record Sampled(
      Path file, PipelineSample seen, DataProfile raw, Map<String, ModelSize> sizes) {
    /** Copies the map. */
    public Sampled {
      sizes = Map.copyOf(sizes);
    }
  }

  /**
   * Explains a pipeline.
   *
   * @param file the sample
   * @throws FeedException when the sample cannot be read
   */
  public static Explanation of(
      Pipeline pipeline, LearnerRegistry registry, int parallelism, Optional<Path> file)
      throws FeedException {
    Optional<Sampled> sample = Optional.empty();
    if (file.isPresent()) {
      ModelSizes sizes = new ModelSizes(pipeline, registry);
      PipelineSample seen = Sampler.profile(pipeline, file.get(), Profiler.SAMPLE, sizes);
      DataProfile raw = Profiler.profile(file.get(), Profiler.SAMPLE);
      sample = Optional.of(new Sampled(file.get(), seen, raw, sizes.sizes()));
    }
    return new Explanation(pipeline, registry, parallelism, sample);
  }
}
