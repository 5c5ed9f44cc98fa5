package io.anabranch.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anabranch.local.run.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Calls the command as the shell would, but in this process. */
final class CommandFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Two numbers and a class that follows from them. */
  static final String PIPELINE =
      """
      pipeline: tried
      kafka: {bootstrap: "127.0.0.1:1"}
      input: {topic: tried.features, format: json, id: id, key: user}
      target: {field: y, type: binary, positive: "1"}
      features:
        - {field: a, type: numeric}
        - {field: b, type: numeric}
      learners:
        - {id: shared, type: logistic-regression, placement: shared}
        - {id: single, type: majority-class, placement: per-key, key: none}
      checkpoint: {interval: 1s}
      """;

  final Path directory;
  final StopSignal stop = new StopSignal();
  Duration patience = Duration.ofSeconds(30);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CommandFixture(Path directory) {
    this.directory = directory;
  }

  /** Writes the pipeline file and returns its path. */
  String pipeline() throws Exception {
    return file("tried.yaml", PIPELINE);
  }

  String file(String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  String path(String name) {
    return directory.resolve(name).toString();
  }

  /** The names of all commands. */
  List<String> commands() {
    return List.copyOf(
        Anabranch.commandLine(new RunEnvironment(false, stop, patience)).getSubcommands().keySet());
  }

  int run(String... arguments) {
    CommandLine command = Anabranch.commandLine(new RunEnvironment(false, stop, patience));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  JsonNode summary(String outDirectory) throws Exception {
    return JSON.readTree(directory.resolve(outDirectory).resolve("summary.json").toFile());
  }

  /** The records of an output file. */
  List<JsonNode> records(String outDirectory, String topic) throws Exception {
    List<JsonNode> records = new ArrayList<>();
    for (String line :
        Files.readAllLines(directory.resolve(outDirectory).resolve(topic + ".jsonl"))) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  /** So many records, from a first id on, as JSON lines. */
  static String lines(int from, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3.0 * i);
      lines.append(
          "{\"id\":%d,\"user\":\"u%d\",\"a\":%s,\"b\":%s,\"y\":%d}\n"
              .formatted(i, i % 7, a, b, a + b > 0 ? 1 : 0));
    }
    return lines.toString();
  }
}
