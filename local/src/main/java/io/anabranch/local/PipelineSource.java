package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.run.RunFailure;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the pipeline file that a command names. */
final class PipelineSource {
  private PipelineSource() {}

  static Pipeline read(Path file, List<String> sets) throws RunFailure {
    try {
      return PipelineFile.read(
          file.toString(),
          Files.readString(file),
          sets,
          name -> Optional.ofNullable(System.getenv(name)),
          new LearnerRegistry(PipelineSource.class.getClassLoader()));
    } catch (PipelineException e) {
      throw RunFailure.invalid(e);
    } catch (NoSuchFileException e) {
      throw RunFailure.invalid(file + ": no such file", e);
    } catch (MalformedInputException e) {
      throw RunFailure.invalid(file + ": not a text in UTF-8", e);
    } catch (IOException e) {
      throw RunFailure.invalid(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
