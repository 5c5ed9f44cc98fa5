package io.anabranch.local.draft;

import java.nio.file.Path;

/** The name of a pipeline after the file that it reads. */
public final class PipelineName {
  private static final int LONGEST = 100;

  private PipelineName() {}

  /** The file's name without its suffixes, in characters that Kafka takes. */
  public static String of(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.', 1);
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String legal = stem.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    if (legal.isEmpty()) {
      return "data";
    }
    return legal.length() <= LONGEST ? legal : legal.substring(0, LONGEST);
  }
}
