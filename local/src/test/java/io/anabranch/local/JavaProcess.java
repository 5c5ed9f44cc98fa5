package io.anabranch.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java program in a process of its own, with the class path of the tests. */
final class JavaProcess {
  private JavaProcess() {}

  /**
   * Starts one.
   *
   * @param errors where its standard error goes
   */
  static Process start(Class<?> program, String heap, Path errors, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(line::add);
    line.add("-Xmx" + heap);
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add(program.getName());
    line.addAll(arguments);
    return new ProcessBuilder(line).redirectError(errors.toFile()).start();
  }
}
