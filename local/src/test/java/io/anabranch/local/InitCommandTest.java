package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private String csv() throws Exception {
    StringBuilder rows = new StringBuilder("user_id,when,city,told,x,y\n");
    for (int i = 0; i < 120; i++) {
      String y = i % 3 == 0 ? "yes" : "no";
      rows.append("u%d,2024-02-%02d,c%d,%s,%s,%s\n".formatted(i, i % 28 + 1, i % 4, y, i % 7, y));
    }
    return command.file("my data.csv", rows.toString());
  }

  private String init(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 3];
    all[0] = "init";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--out";
    all[arguments.length + 2] = command.path("p.yaml");
    assertThat(command.run(all)).as(command.err()).isZero();
    return Files.readString(directory.resolve("p.yaml"));
  }

  @Test
  void theFileSaysHowToRunItAndWhatWasDecided() throws Exception {
    String data = csv();
    String text = init(data, "--learner", "majority-class");

    assertThat(text.replace(directory.toString(), "DIR"))
        .isEqualTo(
            """
            # A pipeline for my data.csv, after its 120 records.
            #
            # Try its learners on the file, in seconds:
            #   ./anabranch evaluate 'DIR/my data.csv' --pipeline DIR/p.yaml
            # Run the job on it, with Kafka and Flink in one process:
            #   ./anabranch run DIR/p.yaml --embedded --feed 'my-data.features=DIR/my data.csv' --until-fed
            pipeline: my-data

            input:
              topic: my-data.features
              id: user_id
              time: when
              # key: FIELD    # with it, learners without 'key: none' have a model per value
              # possible keys: city (4 values)

            target:
              field: "y"
              type: binary    # 2 labels, 'yes' the positive one
              positive: "yes"

            # What the fields hold:
            #  user_id  120 texts: u0, u1, u2, u3, …                                 the id
            #  when     28 texts: 2024-02-01, 2024-02-02, 2024-02-03, 2024-02-04, …  the time
            #  city     4 texts: c0, c1, c2, c3
            #  told     2 texts: yes, no                                             tells the target alone: exclude it if it is only known afterwards
            #  x        whole numbers from 0 to 6
            #  y        2 texts: yes, no                                             the target
            # auto takes all others as features: numbers as numeric, texts and booleans as
            # categories, objects as maps, arrays of numbers as vectors.
            features: auto

            learners:
              # Baseline: predicts the class seen most, with the frequencies of the classes.
              - {id: majority-class, type: majority-class}
              # Baseline: predicts the last label again.
              - {id: no-change, type: no-change}

            evaluation: {window: 10}
            """);
  }

  @Test
  void whatIsPrintedIsValidAndEvaluatesAsTheOptionsDo() throws Exception {
    String data = csv();
    for (List<String> options :
        List.of(
            List.of("--target", "y"),
            List.of("--target", "city", "--exclude", "told,x"),
            List.of("--target", "x", "--type", "numeric", "--key", "city"))) {
      Files.deleteIfExists(directory.resolve("p.yaml"));
      String[] arguments = new String[options.size() + 1];
      arguments[0] = data;
      for (int i = 0; i < options.size(); i++) {
        arguments[i + 1] = options.get(i);
      }
      init(arguments);
      assertThat(command.run("validate", command.path("p.yaml"))).isZero();
      assertThat(
              command.run(
                  "evaluate",
                  data,
                  "--pipeline",
                  command.path("p.yaml"),
                  "--out",
                  command.path("by-file")))
          .isZero();
      String[] evaluate = new String[arguments.length + 3];
      evaluate[0] = "evaluate";
      System.arraycopy(arguments, 0, evaluate, 1, arguments.length);
      evaluate[evaluate.length - 2] = "--out";
      evaluate[evaluate.length - 1] = command.path("by-options");
      assertThat(command.run(evaluate)).isZero();
      assertThat(figures("by-file")).isEqualTo(figures("by-options")).contains("no-change");
    }
    assertThat(command.err()).isEmpty();
  }

  /** All but the times. */
  private String figures(String folder) throws Exception {
    return Files.readString(directory.resolve(folder).resolve("figures.json"))
        .replaceAll("\"(seconds|recordsPerSecond)\" : [0-9.E]+,", "");
  }

  @Test
  void everyKindOfFileGetsAPipeline() throws Exception {
    for (String file :
        List.of(
            command.file("a.svm", "1 1:0.5 7:1\n-1 2:1\n".repeat(60)),
            command.file(
                "b.jsonl",
                "{\"m\":{\"a\":1},\"v\":[1,2],\"label\":3.5}\n{\"label\":4}\n{\"label\":5}\n"),
            command.file(
                "c.csv",
                "a,\"b: #\",class\n1,x,\"- ?\"\n2,\"${X}\",\"{}\"\n3,\"y\n#z\",\"{}\"\n"))) {
      Files.deleteIfExists(directory.resolve("p.yaml"));
      assertThat(init(file)).contains("pipeline: ");
      assertThat(command.run("validate", command.path("p.yaml"))).as(command.err()).isZero();
    }
  }

  @Test
  void withoutOutItIsPrinted() throws Exception {
    assertThat(command.run("init", csv(), "--target", "y")).isZero();
    assertThat(command.out())
        .startsWith("# A pipeline for my data.csv")
        .contains("run my-data.yaml");
  }

  @Test
  void aFileThatIsThereIsKeptUnlessForced() throws Exception {
    String data = csv();
    Files.writeString(directory.resolve("p.yaml"), "mine");
    assertThat(command.run("init", data, "--out", command.path("p.yaml"))).isEqualTo(2);
    assertThat(command.err())
        .isEqualTo(command.path("p.yaml") + ": is there already; --force writes over it\n");
    assertThat(directory.resolve("p.yaml")).hasContent("mine");
    assertThat(init(data, "--force")).startsWith("# A pipeline");
  }

  @Test
  void withoutATargetTheFieldsAreListedWithExitStatus2() throws Exception {
    assertThat(command.run("init", command.file("a.csv", "p,q\n1,a\n2,b\n2,b\n3,a\n4,a\n")))
        .isEqualTo(2);
    assertThat(command.err())
        .isEqualTo(
            command.path("a.csv")
                + ": which field is the target? Say --target FIELD:\n"
                + "  p  4 numbers: 1, 2, 3, 4  could be a numeric target\n"
                + "  q  2 texts: a, b          could be a binary target\n");
  }
}
