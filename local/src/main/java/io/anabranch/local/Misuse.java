package io.anabranch.local;

import io.anabranch.job.pipeline.NearestName;
import io.anabranch.local.run.RunFailure;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a line what is wrong with a command line, and where to look. */
final class Misuse {
  private Misuse() {}

  /** For picocli. */
  static int report(ParameterException misuse, String... arguments) {
    CommandLine command = misuse.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        misuse instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched, command)
            : misuse.getMessage());
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return RunFailure.INVALID;
  }

  private static String unknown(UnmatchedArgumentException unmatched, CommandLine command) {
    String argument = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      List<String> names =
          command.getCommandSpec().options().stream()
              .flatMap(option -> List.of(option.names()).stream())
              .toList();
      return "unknown option '" + argument + "'" + NearestName.hint(argument, names);
    }
    if (command.getSubcommands().isEmpty()) {
      return "too many arguments: '" + argument + "'";
    }
    List<String> names = List.copyOf(command.getSubcommands().keySet());
    return "unknown command '"
        + argument
        + "'"
        + NearestName.hint(argument, names)
        + "; commands are: "
        + String.join(", ", command.getSubcommands().keySet());
  }
}
