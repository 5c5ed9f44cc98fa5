package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --explain --sample}: what is told before anything runs. */
class ExplainCommandTest {
  private static final String LEARNERS =
      """
      learners:
        - {id: all, type: logistic-regression, placement: shared, hyper: {l2: 0.5}}
        - {id: each, type: majority-class, placement: per-key}
        - {id: last, type: no-change, key: none}
      """;

  @TempDir private Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private static String csv(String header, int rows, IntFunction<String> row) {
    StringBuilder text = new StringBuilder(header).append('\n');
    IntStream.range(0, rows).forEach(i -> text.append(row.apply(i)).append('\n'));
    return text.toString();
  }

  private List<String> explained(String pipeline, String data, String... more) throws Exception {
    String file = command.file("p.yaml", pipeline);
    String sample = command.file("data.csv", data);
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"validate", file, "--sample", sample}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    assertThat(command.run(arguments)).as(command.err()).isZero();
    return command.out().lines().toList();
  }

  private List<String> warnings(String pipeline, String data, String... more) throws Exception {
    List<String> lines = explained(pipeline, data, more);
    assertThat(lines).contains("warnings");
    return lines.subList(lines.indexOf("warnings") + 1, lines.size());
  }

  @Test
  void everythingIsExplainedWithTheSample() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines =
        explained(
            """
            pipeline: shop
            kafka: {bootstrap: "broker:9092"}
            input: {topic: visits, id: visit, key: user}
            target: {field: bought, type: binary, positive: "yes"}
            flink: {parallelism.default: 2}
            """
                + LEARNERS,
            csv(
                "visit,user,price,page,bought",
                200,
                i ->
                    i % 50 == 49
                        ? "v" + i + ",," + i + ",home,no"
                        : "v%d,u%d,%s,%s,%s"
                            .formatted(
                                i,
                                random.nextInt(4),
                                i % 10 == 0 ? "" : Integer.toString(10 + random.nextInt(90)),
                                random.nextInt(3) == 0 ? "home" : "cart",
                                i % 7 == 0 ? "" : random.nextBoolean() ? "yes" : "no")));

    assertThat(lines)
        .containsExactly(
            directory.resolve("p.yaml") + ": ok",
            "",
            "pipeline shop",
            "  kafka        broker:9092",
            "  input        visits, json; id: visit; key: user; time: Kafka's",
            "  target       bought, binary, positive: yes",
            "  parallelism  2",
            "  evaluation   windows of 1000 examples",
            "  checkpoints  every 10s, in checkpoints",
            "  seed         1",
            "  flink        parallelism.default=2",
            "",
            "sample " + directory.resolve("data.csv"),
            "  200 records, 4 dead letters, 168 labelled",
            "  4 such as line 51: field 'user' is missing: it is the key of the record",
            "",
            "features, auto",
            "  field   taken as              numbers  texts  missing  different  range",
            "  visit   the id                0        196    0        196",
            "  user    the key, categorical  0        196    0        4",
            "  page    categorical           0        196    0        2",
            "  price   numeric               176      0      20       78         11 to 99",
            "  bought  the target            0        168    28       2",
            "",
            "learners",
            "  all  logistic-regression  shared: one model, learned by 2 trainers together",
            "       merge                discounted by what other trainers learned meanwhile; rare"
                + " coordinates add in full",
            "       exchange             a trainer ships after 5000 examples or 200ms, shards publish"
                + " every 20ms",
            "       alpha                1.6 for numeric inputs and the intercept, 0.1 for hashed ones"
                + " (default)",
            "       beta                 1 (default)",
            "       l1                   0 (default)",
            "       l2                   0.5",
            "       intercept            true (default)",
            "       memory               201 B, held by the shards and by each trainer; as written, after"
                + " the sample",
            "  each  majority-class  per-key: one model for each user",
            "        memory          80 B per key on average, 80 B the largest, 4 keys; as written, after"
                + " the sample",
            "  last  no-change  per-key: one model for all records, in one subtask",
            "        memory     57 B; as written, after the sample",
            "",
            "topics",
            "  topic                                          partitions, where a run creates it",
            "  visits             read                        2",
            "  shop.predictions   predictions, exactly-once   2",
            "  shop.models        models, at-least-once       2",
            "  shop.metrics       metrics, exactly-once       1",
            "  shop.events        events, at-least-once       1",
            "  shop.dead-letters  dead-letters, exactly-once  2",
            "",
            "no warnings");
  }

  @Test
  void anEnsembleIsExplainedByItsMembers() throws Exception {
    String file =
        command.file(
            "bag.yaml",
            "pipeline: p\ninput: {topic: t}\ntarget: {field: y, type: binary, positive: 1}\n"
                + "learners: [{id: bag, type: online-bagging, placement: ensemble}]\n");

    assertThat(command.run("validate", file, "--explain", "--parallelism", "3")).isZero();
    assertThat(command.out())
        .contains("bag  online-bagging    ensemble: 10 members in 3 subtasks, which vote on all")
        .doesNotContain("subtasks would hold any");
    assertThat(command.run("validate", file, "--explain", "--parallelism", "12")).isZero();
    assertThat(command.out())
        .contains(
            "bag has 10 members, so 10 of 12 subtasks would hold any: more hyper.members use the"
                + " others, and are another model");
  }

  @Test
  void withoutASampleOnlyWhatTheFileSaysIsExplained() throws Exception {
    String file =
        command.file(
            "p.yaml",
            "pipeline: p\ninput: {topic: t}\ntarget: {type: none}\nlearners:\n"
                + "  - {id: last, type: no-change}\n");

    assertThat(command.run("validate", file, "--explain", "--parallelism", "3")).isEqualTo(2);
    assertThat(command.err())
        .isEqualTo(
            file
                + ":5 learners[0].type: no-change cannot predict a none target; it can predict:"
                + " binary, multiclass, numeric"
                + System.lineSeparator());
  }

  @Test
  void aWiderSpaceOfCoordinatesAndWhatKeepsItEmptyAreShown() throws Exception {
    String file =
        command.file(
            "p.yaml",
            "pipeline: p\ninput: {topic: t}\ntarget: {field: y, type: binary, positive: 1}\n"
                + "features: {auto: {hash: 24}}\n"
                + "learners: [{id: a, type: logistic-regression, placement: shared,"
                + " admit: {count: 3}, expire: 7d}]\n");

    assertThat(command.run("validate", file, "--explain")).isZero();
    assertThat(command.out().lines())
        .containsSubsequence(
            "features, auto, hashed into 2^24 coordinates",
            "     admit                after 3 occurrences of a hashed coordinate",
            "     expire               hashed coordinates, after 604800s unseen");
  }

  @Test
  void aPipelineIsWarnedOfWhatItsFileShows() throws Exception {
    String file =
        command.file(
            "p.yaml",
            "pipeline: p\ninput: {topic: t}\ntarget: {field: y, type: binary, positive: 1}\n"
                + "learners: [{id: a, type: logistic-regression, placement: shared}]\n");

    assertThat(command.run("validate", file, "--explain", "--parallelism", "4")).isZero();
    assertThat(command.out().lines())
        .containsSubsequence(
            "features, auto",
            "  by the type of each value; --sample FILE shows what that is for your data")
        .endsWith(
            "warnings",
            "  - input.id is not given: predictions carry topic-partition-offset instead, which"
                + " nothing else knows",
            "  - an input topic that a run creates has one partition, so 1 of 4 trainers of a shared"
                + " model would work: give input.key, set input.spread: true, or create the topic"
                + " with 4 partitions",
            "  - there is no baseline: add {id: last, type: no-change, key: none}, which says what"
                + " doing nothing achieves");
  }

  @Test
  void aSampleShowsWhatIsQuestionable() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    assertThat(
            warnings(
                """
                pipeline: p
                input: {topic: t, id: row, key: shop}
                target: {field: y, type: binary, positive: 1}
                """
                    + LEARNERS,
                csv(
                    "row,shop,date,code,paid,flat,noise,y",
                    1000,
                    i -> {
                      int y = i / 25 % 2;
                      return "r%d,one,%d,c%d,%s,7,%s,%d"
                          .formatted(
                              i, i / 10, i, y == 1 ? "paid" : "open", random.nextDouble(), y);
                    }),
                "--parallelism",
                "2"))
        .containsExactly(
            "  - the target is the same as the label before it of its key in 0.961 of the records"
                + " (the commonest class: 0.500): a learner that doesn't beat no-change is useless"
                + " here; and trainers that learn side by side see the newest examples late:"
                + " compare the shared learner with placement: per-key or parallelism 1",
            "  - input.key 'shop' has one value: there is one model, and one subtask does all the"
                + " work",
            "  - feature 'shop' is the same in every record",
            "  - feature 'date' never falls, like a date or a counter: what was learned from it says"
                + " nothing about the values to come",
            "  - feature 'code' has a value of its own in nearly every record, like an id: exclude"
                + " it, or make it input.id",
            "  - feature 'paid' alone tells the class: is it known before the label is?",
            "  - feature 'flat' is the same in every record");
  }

  @Test
  void misspeltFieldsAndLabelsAreShownByTheSample() throws Exception {
    assertThat(
            warnings(
                """
                pipeline: p
                input: {topic: t, id: rwo}
                target: {field: y, type: binary, positive: "1"}
                features: [{field: prise, type: numeric}, {field: page, type: categorical}]
                learners: [{id: last, type: no-change}]
                """,
                csv(
                    "row,price,page,y",
                    100,
                    i -> i + ",1,p" + i % 3 + (i % 2 == 0 ? ",yes" : ",no"))))
        .containsExactly(
            "  - input.id: no record of the sample has a field 'rwo', did you mean 'row'?",
            "  - features[0].field: no record of the sample has a field 'prise', did you mean"
                + " 'price'?",
            "  - no label of the sample is target.positive '1'; the labels are: yes, no");
  }

  @Test
  void aSampleThatIsNotThereIsRefused() throws Exception {
    assertThat(command.run("validate", command.pipeline(), "--sample", "nowhere.csv")).isEqualTo(2);
    assertThat(command.err()).isEqualTo("nowhere.csv: no such file" + System.lineSeparator());
  }
}
