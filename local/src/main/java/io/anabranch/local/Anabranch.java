package io.anabranch.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code anabranch} command. */
@Command(
    name = "anabranch",
    description = "Streaming online learning on Apache Flink.",
    mixinStandardHelpOptions = true,
    version = "0.1.0-SNAPSHOT")
public final class Anabranch implements Runnable {

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Anabranch()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }
}
