package io.anabranch.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What manifests have to agree with.
 *
 * @param dockerfile the text of the image's Dockerfile
 * @param jvmArguments what Flink needs on Java 17
 */
record Surroundings(String dockerfile, List<String> jvmArguments) {
  Surroundings {
    jvmArguments = List.copyOf(jvmArguments);
  }

  /** Those of a source tree. */
  static Surroundings of(Path root) throws IOException {
    return new Surroundings(
        Files.readString(root.resolve("docker/Dockerfile")),
        Files.readAllLines(root.resolve(".mvn/flink.jvmargs")).stream()
            .filter(line -> line.startsWith("--"))
            .toList());
  }
}
