package io.anabranch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a changed pipeline is told to keep. */
class DiffCommandTest {
  private static final String HEAD =
      """
      pipeline: p
      input: {topic: t, key: user}
      target: {field: y, type: binary, positive: 1}
      """;
  private static final String OLD =
      HEAD
          + """
          learners:
            - {id: all, type: logistic-regression, placement: shared, hyper: {alpha: 0.1}}
            - {id: each, type: logistic-regression}
            - {id: last, type: no-change, key: none}
          """;

  @TempDir private Path directory;
  private CommandFixture command;

  @BeforeEach
  void setUp() {
    command = new CommandFixture(directory);
  }

  private List<String> diff(String changed) throws Exception {
    int status =
        command.run("diff", command.file("old.yaml", OLD), command.file("new.yaml", changed));
    assertThat(status).as(command.err()).isZero();
    return command.out().lines().toList();
  }

  @Test
  void theSamePipelineKeepsEverything() throws Exception {
    assertThat(diff("# a comment\n" + OLD))
        .containsExactly(
            "  input  kept  goes on at the offsets of the checkpoint",
            "  all    kept  unchanged",
            "  each   kept  unchanged",
            "  last   kept  unchanged");
  }

  @Test
  void learnersComeAndGoAndChangeWithoutTouchingEachOther() throws Exception {
    assertThat(
            diff(
                HEAD
                    + """
                    features: {auto: {exclude: [noise]}}
                    learners:
                      - {id: all, type: logistic-regression, placement: shared, hyper: {l2: 0.5}}
                      - {id: each, type: logistic-regression, placement: shared}
                      - {id: majority, type: majority-class}
                    """))
        .containsExactly(
            "  input     kept         goes on at the offsets of the checkpoint",
            "  features  kept         changed: weights belong to a field's name and type, so"
                + " features that stay keep theirs and new ones start at zero",
            "  all       kept         hyper.alpha 0.1 → default, hyper.l2 default → 0.5: holds from"
                + " the next record on",
            "  each      starts anew  placement per-key → shared: the model lives elsewhere, the old"
                + " state is dropped",
            "  majority  starts anew  added: majority-class",
            "  last      dropped      removed: its state is left behind");
  }

  @Test
  void whatWouldReadStateOfAnotherKindIsIncompatible() throws Exception {
    assertThat(
            diff(
                OLD.replace("pipeline: p", "pipeline: q")
                    .replace("topic: t", "topic: u")
                    .replace("positive: 1", "positive: 0")
                    .replace("{id: each, type: logistic-regression}", "{id: each, type: no-change}")
                    .replace("key: none", "key: shop")))
        .containsExactly(
            "  pipeline  starts anew   p → q: another consumer group, other topics and checkpoints;"
                + " everything below holds only if the old state is restored by hand",
            "  input     incompatible  topic t → u: the source's state holds offsets of the old topic"
                + " and would go on with it",
            "  target    incompatible  what is predicted changes: models that are kept would be"
                + " wrong; give the learners new ids",
            "  all       kept          unchanged",
            "  each      incompatible  type logistic-regression → no-change: it cannot read the"
                + " other's state; give the new learner an id of its own",
            "  last      incompatible  key none → shop: the models of the old keys would stay, and"
                + " mix where values coincide; give the new learner an id of its own");
  }

  @Test
  void anotherSpaceOfCoordinatesIsIncompatibleWithWhateverLearnsFromThem() throws Exception {
    assertThat(diff(OLD.replace("learners:", "features: {auto: {hash: 24}}\nlearners:")))
        .containsExactly(
            "  input     kept          goes on at the offsets of the checkpoint",
            "  features  incompatible  hashed into 2^22 → 2^24 coordinates: every feature has another"
                + " one; give the learners new ids",
            "  all       incompatible  hash 22 → 24: the shape of the shared model changes; give the"
                + " new learner an id of its own",
            "  each      incompatible  hash 22 → 24: hashBits must be 24 as in the settings, got 22:"
                + " the model has other coordinates; give the new learner an id of its own",
            "  last      kept          hash 22 → 24: holds from the next record on");
  }

  @Test
  void whatJoinsASharedModelAndWhatItForgetsMayChange() throws Exception {
    assertThat(
            diff(
                OLD.replace(
                    "placement: shared,", "placement: shared, admit: {count: 3}, expire: 7d,")))
        .contains("  all    kept  admit, expire: holds from the next record on");
  }

  @Test
  void anEnsembleKeepsItsMembersAndTheirNumber() throws Exception {
    String learner =
        "learners: [{id: bag, type: online-bagging, placement: ensemble, hyper: {members: 4}}]\n";
    String old = command.file("bag.yaml", HEAD + learner);
    String more = command.file("more.yaml", HEAD + learner.replace("members: 4", "members: 5"));
    String alone = command.file("alone.yaml", HEAD + learner.replace("ensemble", "per-key"));

    assertThat(command.run("diff", old, more)).isZero();
    assertThat(command.run("diff", old, alone)).isZero();
    assertThat(command.out().lines().filter(line -> line.startsWith("  bag")))
        .containsExactly(
            "  bag    incompatible  hyper.members 4 → 5: members must be 5 as in the settings, got"
                + " 4; give the new learner an id of its own",
            "  bag    starts anew  placement ensemble → per-key: the model lives elsewhere, the old"
                + " state is dropped");
  }

  @Test
  void aWrongFileIsRefused() throws Exception {
    assertThat(command.run("diff", command.file("old.yaml", OLD), command.path("no.yaml")))
        .isEqualTo(2);
    assertThat(command.err())
        .isEqualTo(command.path("no.yaml") + ": no such file" + System.lineSeparator());
  }
}
