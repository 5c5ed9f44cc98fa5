package io.anabranch.local.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of a run, as given.
 *
 * @param embedded whether to start a broker in this process
 * @param feeds {@code TOPIC=FILE}
 * @param rate records per second of each feed, above 0; infinity = as fast as possible
 * @param untilFed whether to stop when all that was fed is processed and committed
 * @param out the directory for output files
 * @param fresh whether to ignore earlier checkpoints
 * @param metricsPort where Prometheus finds the metrics; empty = nowhere
 */
public record RunOptions(
    boolean embedded,
    List<String> feeds,
    double rate,
    boolean untilFed,
    Optional<Path> out,
    OptionalInt parallelism,
    boolean fresh,
    OptionalInt metricsPort) {
  /** Copies the list. */
  public RunOptions {
    feeds = List.copyOf(feeds);
  }
}
