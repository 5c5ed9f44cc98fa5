package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;

final class JobStart {
  private JobStart() {}

  @SuppressWarnings("DoNotCallSuggester")
  static JobGraph prepare(
      Pipeline pipeline, Configuration settings, int parallelism, Duration patience)
      throws RunFailure, InterruptedException {
    throw RunFailure.failed("this build has no job yet");
  }
}
