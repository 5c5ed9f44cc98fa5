package io.anabranch.job.pipeline;

/**
 * Where a value was written: on a line of the file, or in a {@code --set} option.
 *
 * @param line 1-based; 0 when there is none
 * @param option the text after {@code --set}; empty for what stands in the file
 * @param optionPath the path that the option sets, with list positions instead of learner ids
 */
record Origin(String file, int line, String option, String optionPath) {

  static Origin inFile(String file, int line) {
    return new Origin(file, line, "", "");
  }

  static Origin inOption(String option, String optionPath) {
    return new Origin("--set", 0, option, optionPath);
  }

  /** A problem with what was written here, said so that its author finds it. */
  Problem problem(String path, String rule) {
    if (option.isEmpty()) {
      return new Problem(file, line, path, rule);
    }
    return new Problem(
        file, 0, option, path.isEmpty() || path.equals(optionPath) ? rule : path + ": " + rule);
  }

  /** Problems sort by this: lines first, then what has no line, then options. */
  int order() {
    if (!option.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    return line > 0 ? line : Integer.MAX_VALUE - 1;
  }
}
