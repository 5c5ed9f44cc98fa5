package io.anabranch.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  /** Says that it is there, and waits. */
  public static final class Waiter {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("here with " + arguments[0]);
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aProcessRunsUntilItIsKilled() throws Exception {
    try (JavaProcess process = start()) {
      assertThat(process.alive()).isTrue();
      process.kill();
      assertThat(process.alive()).isFalse();
      assertThat(process.await(PATIENCE)).isEqualTo(128 + 9);
    }
  }

  @Test
  void aPausedProcessStandsStillAndGoesOnByItself() throws Exception {
    try (JavaProcess process = start()) {
      Process pause = process.pause(Duration.ofSeconds(3));
      Wait.until(PATIENCE, () -> "the pause", () -> state(process).equals("T"));
      assertThat(pause.waitFor()).isZero();
      Wait.until(PATIENCE, () -> "the end of the pause", () -> state(process).equals("S"));
      assertThat(process.alive()).isTrue();
    }
  }

  @Test
  void aProcessEndsWhenItsParentDoes() throws Exception {
    // The parent holds the other end of its standard input, and nothing else ever closes it.
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Supervised.class.getName(),
                Waiter.class.getName(),
                "nothing")
            .start();
    child.getOutputStream().close();
    assertThat(child.waitFor()).isEqualTo(3);
  }

  @Test
  void whatNeverComesIsNamed() {
    assertThatThrownBy(() -> Wait.until(Duration.ofMillis(1), () -> "Godot", () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("waited 0 s in vain for Godot");
  }

  private JavaProcess start() throws Exception {
    JavaProcess process =
        JavaProcess.start(
            new JavaProcess.Command(
                "waiter",
                System.getProperty("java.class.path"),
                List.of("-Xmx32m"),
                Waiter.class.getName(),
                List.of("an argument"),
                Map.of()),
            directory);
    Wait.until(
        PATIENCE, () -> "its output", () -> output(process).contains("here with an argument"));
    return process;
  }

  private static String output(JavaProcess process) {
    try {
      return process.output();
    } catch (IOException e) {
      return "";
    }
  }

  /** As Linux has it: T is stopped, S sleeps. */
  private static String state(JavaProcess process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException e) {
      return "";
    }
  }
}
