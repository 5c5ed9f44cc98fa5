package io.anabranch.bench.large;

import io.anabranch.bench.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A shared model whose coordinates are all touched, at parallelism 2 in one TaskManager whose
 * process has 4 GB: heap, state, checkpoints, a restore.
 */
public final class Slots {
  // With 512 MB of managed memory, and what a JVM takes besides, 4 GB in all.
  private static final List<String> BOUNDS =
      List.of("-Xmx2300m", "-XX:MaxDirectMemorySize=500m", "-XX:MaxMetaspaceSize=256m");

  private Slots() {}

  /** Runs; the argument is the hash bits (default 24). */
  public static void main(String[] arguments) throws Exception {
    String bits = arguments.length > 0 ? arguments[0] : "24";
    Path directory = Files.createTempDirectory("anabranch-slots");
    try {
      Process process =
          JavaProcess.start(SlotsProcess.class, BOUNDS, List.of(bits, directory.toString()));
      process.getInputStream().transferTo(System.out);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException("the process ended with " + status);
      }
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
