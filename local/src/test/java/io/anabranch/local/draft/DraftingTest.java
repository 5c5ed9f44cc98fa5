package io.anabranch.local.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.draft.Drafting.Drafted;
import io.anabranch.local.draft.PipelineDraft.FeatureDraft;
import io.anabranch.local.profile.Profiler;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftingTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(DraftingTest.class.getClassLoader());

  @TempDir Path directory;

  private static DraftOptions options(String target, String... exclude) {
    return new DraftOptions(
        Optional.of(target).filter(name -> !name.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(exclude),
        List.of(),
        Optional.empty());
  }

  private Drafted draft(String name, String content, DraftOptions options) throws Exception {
    Path file = Files.writeString(directory.resolve(name), content);
    return Drafting.of(Profiler.profile(file, 10_000), options, REGISTRY);
  }

  private static Pipeline pipeline(Drafted drafted) throws Exception {
    return PipelineFile.read(
        "draft", DraftText.of(drafted.draft()), List.of(), name -> Optional.empty(), REGISTRY);
  }

  private static String rows(String header, String format) {
    StringBuilder rows = new StringBuilder(header).append('\n');
    for (int i = 0; i < 60; i++) {
      rows.append(format.formatted(i, i % 2, i % 28 + 1)).append('\n');
    }
    return rows.toString();
  }

  @Test
  void idsTimesAndRowNumbersAreNoFeatures() throws Exception {
    Drafted drafted =
        draft(
            "a.csv",
            rows(
                "n,user_id,when,name,late,y",
                "%1$d,u%1$d,2024-02-%3$02d,name %1$d,2024-03-%3$02d,%2$d"),
            options("y"));

    assertThat(drafted.draft().id()).contains("user_id");
    assertThat(drafted.draft().time()).contains("when");
    assertThat(drafted.excluded())
        .isEqualTo(
            Map.of(
                "n", "counts the records",
                "name", "no text comes twice: as a category it teaches nothing",
                "late", "a time"));
    assertThat(pipeline(drafted).features())
        .isEqualTo(new FeatureSpec.Auto(Set.of("y", "user_id", "when", "n", "name", "late")));
  }

  @Test
  void whateverNamesFieldsHaveThePipelineReadsThemAsTheyAre() throws Exception {
    List<String> names =
        List.of(
            "a,b", "a: b", "#c", "true", "1", "- d", "{e}", "[f]", "\"g\"", "'h'", "${HOME}", "ü",
            "i j", "null", "\\k", "~", "*l", "&m", "!n", "%o", "@p", "no");
    StringBuilder csv = new StringBuilder();
    for (String name : names) {
      csv.append('"').append(name.replace("\"", "\"\"")).append("\",");
    }
    csv.append("y\n").append("1,".repeat(names.size())).append("a: b\n");
    csv.append("1,".repeat(names.size())).append("#c\n".repeat(1));

    Drafted drafted = draft("a b#.csv", csv.toString(), options("y", names.toArray(String[]::new)));
    Pipeline pipeline = pipeline(drafted);

    assertThat(pipeline.name()).isEqualTo("a-b");
    assertThat(((FeatureSpec.Auto) pipeline.features()).exclude()).containsAll(names);
    assertThat(pipeline.target().target().positive()).isEqualTo("a: b");
    for (String name : names) {
      Drafted asTarget =
          draft("b.jsonl", "{%1$s:1}\n{%1$s:0}\n".formatted(quoted(name)), options(name));
      assertThat(pipeline(asTarget).target().field()).isEqualTo(name);
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Test
  void theWordsOfProseAreFeaturesAlsoWhereSomeOfItIsNumbers() throws Exception {
    Drafted drafted =
        draft(
            "a.csv", rows("t,k,y", "says no. %1$d,%3$d,%2$d") + "17,x,0\n".repeat(3), options("y"));

    assertThat(drafted.excluded()).isEmpty();
    assertThat(drafted.draft().features())
        .containsExactly(new FeatureDraft("t", "text"), new FeatureDraft("k", "categorical"));
    assertThat(pipeline(drafted).features()).isInstanceOf(FeatureSpec.Listed.class);
  }

  @Test
  void everyLearnerThatFitsIsThereAndTheBaselinesComeLast() throws Exception {
    Pipeline pipeline = pipeline(draft("a.csv", "x,y\n1,a\n2,b\n", options("y")));

    List<String> types = pipeline.learners().stream().map(Pipeline.LearnerEntry::type).toList();
    assertThat(types).contains("logistic-regression").endsWith("majority-class", "no-change");
  }

  @Test
  void theWindowSuitsTheSizeOfTheFile() throws Exception {
    assertThat(draft("a.csv", "x,y\n1,a\n2,b\n", options("y")).draft().window()).isEqualTo(10);
    assertThat(draft("a.csv", "y\n" + "0\n1\n".repeat(1_300), options("y")).draft().window())
        .isEqualTo(100);
  }

  @Test
  void withoutATargetTheFieldsAreListed() {
    assertThatThrownBy(() -> draft("a.csv", "x,z\n1,a\n2,b\n2,b\n3,a\n4,a\n", options("")))
        .isInstanceOf(DraftException.class)
        .hasMessage(
            directory.resolve("a.csv")
                + ": which field is the target? Say --target FIELD:\n"
                + "  x  4 numbers: 1, 2, 3, 4  could be a numeric target\n"
                + "  z  2 texts: a, b          could be a binary target");
  }

  @Test
  void aFileOfNothingIsRefused() {
    assertThatThrownBy(() -> draft("a.csv", "x,y\n", options("y")))
        .hasMessage(directory.resolve("a.csv") + ": holds no record that can be read");
  }

  @Test
  void aTargetOfOneValueIsRefused() {
    assertThatThrownBy(() -> draft("a.csv", "y\na\na\n", options("y")))
        .hasMessage(
            "field y is no target that could be learned: it has 1 texts: a;"
                + " --type binary, multiclass or numeric insists");
  }
}
