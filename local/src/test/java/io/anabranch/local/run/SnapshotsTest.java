package io.anabranch.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  private static final String JOB_A = "a".repeat(32);
  private static final String JOB_B = "b".repeat(32);

  @TempDir Path root;

  private Snapshots snapshots() {
    return new Snapshots(root.toUri());
  }

  private Path complete(String directory, long time) throws Exception {
    Path metadata = Files.createDirectories(root.resolve(directory)).resolve("_metadata");
    Files.writeString(metadata, "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(time));
    return metadata;
  }

  private Stream<String> left() throws Exception {
    return Files.list(root).map(path -> path.getFileName().toString());
  }

  @Test
  void withoutADirectoryThereIsNothingToResumeFrom() throws Exception {
    assertThat(new Snapshots(root.resolve("absent").toUri()).newest()).isEmpty();
  }

  @Test
  void theNewestOfCheckpointsAndSavepointsIsChosen() throws Exception {
    complete(JOB_A + "/chk-9", 1_000);
    complete("savepoint-1", 3_000);
    complete(JOB_B + "/chk-2", 2_000);

    assertThat(snapshots().newest().orElseThrow().path()).endsWith("savepoint-1");
  }

  @Test
  void whatWasNotCompletedIsNeverChosen() throws Exception {
    complete(JOB_A + "/chk-9", 1_000);
    Files.createDirectories(root.resolve(JOB_B + "/chk-10"));
    Files.createDirectories(root.resolve("savepoint-2"));
    complete("broker/chk-3", 9_000);

    assertThat(snapshots().newest().orElseThrow().path()).endsWith("chk-9");
  }

  @Test
  void pruningKeepsTheNewestAndWhatIsNotASnapshot() throws Exception {
    complete(JOB_A + "/chk-9", 1_000);
    complete(JOB_B + "/chk-1", 2_000);
    complete("savepoint-1", 3_000);
    complete("savepoint-2", 4_000);
    Files.createDirectories(root.resolve("c".repeat(32) + "/shared"));
    Files.createDirectories(root.resolve("savepoint-3"));
    Files.createDirectories(root.resolve("broker"));
    Files.createFile(root.resolve("anabranch.log"));

    snapshots().prune(2);

    assertThat(left())
        .containsExactlyInAnyOrder("savepoint-1", "savepoint-2", "broker", "anabranch.log");
  }

  @Test
  void anEmptyJobDirectoryIsSweptAlsoWhenThereIsNothingToKeep() throws Exception {
    Files.createDirectories(root.resolve(JOB_A + "/taskowned"));

    snapshots().prune(2);

    assertThat(left()).isEmpty();
  }
}
