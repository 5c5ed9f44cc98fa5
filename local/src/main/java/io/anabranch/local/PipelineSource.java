package io.anabranch.local;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineBytes;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.run.RunFailure;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the pipeline file that a command names. */
final class PipelineSource {
  private PipelineSource() {}

  static Pipeline read(Path file, List<String> sets) throws RunFailure {
    if (Files.isDirectory(file)) {
      throw RunFailure.invalid(file + ": a directory, not a pipeline file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return PipelineFile.read(
          file.toString(),
          PipelineBytes.text(file.toString(), in),
          sets,
          name -> Optional.ofNullable(System.getenv(name)),
          new LearnerRegistry(PipelineSource.class.getClassLoader()));
    } catch (PipelineException e) {
      throw RunFailure.invalid(e);
    } catch (NoSuchFileException e) {
      throw RunFailure.invalid(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw RunFailure.invalid(file + ": may not be read: permission is denied", e);
    } catch (IOException e) {
      throw RunFailure.invalid(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
