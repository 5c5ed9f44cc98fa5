package io.anabranch.local.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.pipeline.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
  private static final List<TopicShape> SHAPES =
      List.of(
          new TopicShape("json", new Pipeline.Format.Json(), Optional.empty(), Optional.empty()),
          new TopicShape(
              "csv",
              new Pipeline.Format.Csv(List.of("a"), ','),
              Optional.empty(),
              Optional.empty()));

  @TempDir Path directory;

  private String file(String name) throws Exception {
    return Files.createFile(directory.resolve(name)).toString();
  }

  private static void refused(String option, String message) {
    assertThatThrownBy(() -> Feed.parse(option, SHAPES))
        .isInstanceOf(FeedException.class)
        .hasMessage(message);
  }

  @Test
  void anEmptyFileOfEachFormatIsAccepted() throws Exception {
    for (String name : List.of("a.csv", "a.CSV.gz", "a.jsonl", "a.jsonl.gz", "a.svm", "a.svm.gz")) {
      assertThat(Feed.parse("json=" + file(name), SHAPES).topic()).isEqualTo("json");
    }
  }

  @Test
  void anOptionThatIsNotTopicAndFileIsRefused() {
    refused("json", "--feed must be TOPIC=FILE, got json");
    refused("json=", "--feed must be TOPIC=FILE, got json=");
  }

  @Test
  void aTopicThatThePipelineDoesNotReadIsRefused() {
    refused(
        "other=a.csv",
        "--feed other=a.csv: the topic must be an input of the pipeline (json, csv), got other");
  }

  @Test
  void anUnknownSuffixIsRefused() {
    refused(
        "json=a.txt.gz",
        "a.txt.gz: the suffix must be one of .csv, .jsonl, .svm, each with or without .gz");
  }

  @Test
  void aFileThatIsNotThereAndADirectoryAreRefused() throws Exception {
    refused("json=missing.csv", "missing.csv: no such file");
    Path folder = Files.createDirectory(directory.resolve("folder.csv"));
    refused("json=" + folder, folder + ": not a file");
  }

  @Test
  void anArchiveThatIsNoneIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("a.csv.gz"), "a,b\n1,2\n");
    refused("json=" + file, file + ": cannot be read: Not in GZIP format");
  }

  @Test
  void aCsvTopicTakesNoSparseVectors() throws Exception {
    String file = file("a.svm");
    refused(
        "csv=" + file,
        file
            + ": libsvm holds sparse vectors, which topic csv can't take: its format must be json");
  }
}
