package io.anabranch.job.pipeline;

/**
 * One thing that is wrong with a pipeline file.
 *
 * @param file the file's name as the user gave it
 * @param line 1-based; 0 when it concerns no line (an option, a missing top-level entry)
 * @param path e.g. {@code learners[0].hyper.alpha}; empty when it concerns the whole file
 * @param rule the rule and the value found: {@code must be > 0, got -1}
 */
public record Problem(String file, int line, String path, String rule) {

  /** {@code elec2.yaml:14 learners[0].hyper.alpha: must be > 0, got -1}. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + (path.isEmpty() ? "" : " " + path) + ": " + rule;
  }
}
