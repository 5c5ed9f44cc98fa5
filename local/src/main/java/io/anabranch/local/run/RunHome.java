package io.anabranch.local.run;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.broker.BrokerException;
import io.anabranch.local.broker.DirectoryLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/**
 * Where a pipeline keeps its things: {@code checkpoint.dir/PIPELINE}.
 *
 * @param snapshots URI of checkpoints and savepoints
 * @param local a directory on this machine for the broker's data, scratch files and the log; the
 *     same as {@code snapshots} unless that is on another file system
 */
public record RunHome(URI snapshots, Path local) {

  /**
   * Finds and creates the directory.
   *
   * @param pipelineFile the file that relative paths start from
   * @throws RunFailure when it can't be written
   */
  public static RunHome create(Pipeline pipeline, Path pipelineFile) throws RunFailure {
    String dir = pipeline.checkpoint().dir();
    Path base = pipelineFile.toAbsolutePath().normalize().resolveSibling("");
    boolean uri = dir.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    boolean remote = uri && !dir.startsWith("file:");
    Path root;
    try {
      root =
          remote ? base.resolve("checkpoints") : uri ? Path.of(URI.create(dir)) : base.resolve(dir);
    } catch (IllegalArgumentException e) {
      throw RunFailure.invalid("checkpoint.dir " + dir + ": not a path: " + e.getMessage(), e);
    }
    Path local = root.resolve(pipeline.name());
    checkWritable(local);
    URI snapshots =
        remote
            ? URI.create((dir.endsWith("/") ? dir : dir + "/") + pipeline.name())
            : local.toUri();
    return new RunHome(snapshots, local);
  }

  private static void checkWritable(Path directory) throws RunFailure {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "writable", ""));
    } catch (IOException e) {
      throw RunFailure.invalid(
          "checkpoint directory "
              + directory
              + ": cannot be written: "
              + reason(e)
              + "; choose another one with --set checkpoint.dir=DIR",
          e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }

  /** The log of all runs of the pipeline. */
  public Path log() {
    return local.resolve("anabranch.log");
  }

  /** Data of the embedded broker. */
  public Path broker() {
    return local.resolve("broker");
  }

  /** Flink's scratch files; nothing in it outlives a run. */
  public Path scratch() {
    return local.resolve("scratch");
  }

  /** Keeps other runs out until it is closed. */
  DirectoryLock lock(String pipeline) throws RunFailure {
    try {
      return DirectoryLock.acquire(local, "pipeline '" + pipeline + "' in");
    } catch (BrokerException e) {
      throw RunFailure.failed(e);
    }
  }

  /** Deletes what a killed run has left behind. */
  void clearScratch() {
    FileUtils.deleteDirectoryQuietly(scratch().toFile());
  }
}
