package io.anabranch.local.feed;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a file is read; told by its suffix. */
enum FileFormat {
  CSV(".csv"),
  JSONL(".jsonl"),
  LIBSVM(".svm");

  private static final String GZIP = ".gz";

  private final String suffix;

  FileFormat(String suffix) {
    this.suffix = suffix;
  }

  static FileFormat of(Path file) throws FeedException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    for (FileFormat format : values()) {
      if (plain.endsWith(format.suffix)) {
        return format;
      }
    }
    throw new FeedException(
        file
            + ": the suffix must be one of "
            + Arrays.stream(values()).map(f -> f.suffix).collect(Collectors.joining(", "))
            + ", each with or without "
            + GZIP);
  }

  static boolean isGzip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(GZIP);
  }
}
