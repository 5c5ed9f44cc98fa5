package io.anabranch.bench.large;

import io.anabranch.bench.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs a main class in a process of 4 GB, as a TaskManager may have. */
final class BoundedProcess {
  // With 512 MB of managed memory, and what a JVM takes besides, 4 GB in all.
  private static final List<String> BOUNDS =
      List.of("-Xmx2300m", "-XX:MaxDirectMemorySize=500m", "-XX:MaxMetaspaceSize=256m");

  private BoundedProcess() {}

  /**
   * What it says goes to the terminal; its last argument is a directory that is gone afterwards.
   */
  static void run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("anabranch-large");
    try {
      List<String> all = new ArrayList<>(arguments);
      all.add(directory.toString());
      Process process = JavaProcess.start(main, BOUNDS, all);
      process.getInputStream().transferTo(System.out);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException("the process ended with " + status);
      }
    } finally {
      try (var paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
