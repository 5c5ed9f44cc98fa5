package io.anabranch.local.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.feed.FeedException;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.learner.LearnerRegistry;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerTest {
  private static final String BINARY = "{field: y, type: binary, positive: 1}";

  @TempDir private Path directory;

  private static Pipeline pipeline(String target, String rest) throws Exception {
    String learner = target.contains("numeric") ? "no-change" : "majority-class";
    return PipelineFile.read(
        "p.yaml",
        "pipeline: p\ninput: {topic: t}\ntarget: %s\n%slearners: [{id: l, type: %s, key: none}]\n"
            .formatted(target, rest, learner),
        List.of(),
        name -> Optional.empty(),
        new LearnerRegistry(SamplerTest.class.getClassLoader()));
  }

  private PipelineSample profile(String target, String name, String content) throws Exception {
    return profile(target, "", name, content);
  }

  private PipelineSample profile(String target, String rest, String name, String content)
      throws Exception {
    Path file = Files.writeString(directory.resolve(name), content);
    return Sampler.profile(pipeline(target, rest), file, 1_000_000, (example, keys) -> {});
  }

  private static String csv(String header, int rows, IntFunction<String> row) {
    StringBuilder text = new StringBuilder(header).append('\n');
    IntStream.range(0, rows).forEach(i -> text.append(row.apply(i)).append('\n'));
    return text.toString();
  }

  @Test
  void kindsMissingValuesAndDistinctValuesAreCountedPerField() throws Exception {
    PipelineSample profile = profile(BINARY, "f.csv", "a,b,y\n1,x,1\n2.5,,0\n,x,\n+3,7,1\n");

    assertThat(profile.records()).isEqualTo(4);
    assertThat(profile.complete()).isTrue();
    assertThat(profile.fields())
        .extracting(field -> field.values().name())
        .containsExactly("a", "b", "y");
    SampledField a = profile.field("a").orElseThrow();
    assertThat(a.values().numbers()).isEqualTo(3);
    assertThat(profile.missing(a)).isEqualTo(1);
    assertThat(a.values().minimum()).hasValue(1.0);
    assertThat(a.values().maximum()).hasValue(3.0);
    assertThat(a.values().whole()).isFalse();
    SampledField b = profile.field("b").orElseThrow();
    assertThat(b.values().texts()).isEqualTo(2);
    assertThat(b.values().numbers()).isEqualTo(1);
    assertThat(b.values().values().distinct()).isEqualTo(2);
    assertThat(profile.target().labelled()).isEqualTo(3);
    assertThat(profile.target().classes())
        .containsEntry("positive", 2L)
        .containsEntry("negative", 1L);
  }

  @Test
  void deadLettersAreThoseOfTheJobGroupedByReason() throws Exception {
    PipelineSample profile =
        profile(
            BINARY,
            "features: [{field: a, type: numeric}]\n",
            "f.jsonl",
            "{\"a\":1,\"y\":1}\n{\"a\":\"one\",\"y\":1}\n[1]\n{\"a\":\"two\",\"y\":0}\n");

    assertThat(profile.decoded()).isEqualTo(1);
    assertThat(profile.deadLetters())
        .containsExactly(
            new DeadLetters(2, 2, "field 'a' must be a number, got 'one'"),
            new DeadLetters(1, 3, "must be a JSON object, got an array"));
    assertThat(profile.field("a").orElseThrow().values().present()).isEqualTo(1);
  }

  @Test
  void aCompressedLibsvmFileIsReadUpToTheLimit() throws Exception {
    Path file = directory.resolve("f.svm.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("1 3:0.5\n0 4:1\n1 3:1\n".getBytes(StandardCharsets.UTF_8));
    }
    List<Double> targets = new ArrayList<>();

    PipelineSample profile =
        Sampler.profile(
            pipeline("{field: label, type: binary, positive: 1}", ""),
            file,
            2,
            (example, keys) -> targets.add(example.target()));

    assertThat(targets).containsExactly(1.0, 0.0);
    assertThat(profile.records()).isEqualTo(2);
    assertThat(profile.complete()).isFalse();
    assertThat(profile.field("x").orElseThrow().values().kind()).isEqualTo(FieldProfile.Kind.MAPS);
  }

  @Test
  void idsAndWhatOnlyRisesAreTold() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    PipelineSample profile =
        profile(
            BINARY,
            "f.csv",
            csv(
                "name,number,date,measure,one,y",
                400,
                i ->
                    "n%d,%d,%d,%s,1,%d"
                        .formatted(i, 100 + i, i / 10, random.nextDouble(), random.nextInt(2))));

    assertThat(profile.fields())
        .filteredOn(SampledField::looksLikeId)
        .extracting(field -> field.values().name())
        .containsExactly("name", "number");
    assertThat(profile.fields())
        .filteredOn(SampledField::rises)
        .extracting(field -> field.values().name())
        .containsExactly("number", "date");
    assertThat(profile.fields())
        .filteredOn(SampledField::constant)
        .extracting(field -> field.values().name())
        .containsExactly("one");
  }

  @Test
  void whatTellsTheLabelAloneIsFound() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    PipelineSample profile =
        profile(
            BINARY,
            "f.csv",
            csv(
                "told,score,noise,y",
                1000,
                i -> {
                  int y = random.nextInt(2);
                  return "%s,%s,%s,%d"
                      .formatted(
                          y == 1 ? "paid" : "open",
                          y - random.nextDouble(),
                          random.nextDouble(),
                          y);
                }));

    assertThat(profile.field("told").orElseThrow().association().purity()).isEqualTo(1);
    assertThat(profile.field("told").orElseThrow().association().commonest())
        .isCloseTo(0.5, within(0.05));
    assertThat(profile.field("score").orElseThrow().association().separation()).isEqualTo(1);
    assertThat(profile.field("noise").orElseThrow().association().separation())
        .isCloseTo(0.5, within(0.05));
    assertThat(profile.field("noise").orElseThrow().association().purity()).isNaN();
  }

  @Test
  void theSeparationCountsTiesByHalf() {
    LabelAssociation association = new LabelAssociation();
    // Of 100 x 100 pairs a quarter is in order, a quarter tied at 0, a quarter tied at 1.
    for (int i = 0; i < 100; i++) {
      double number = i % 2;
      association.number("", number, new Label(TargetType.BINARY, true, "positive", 1));
      association.number("", number, new Label(TargetType.BINARY, true, "negative", 0));
    }

    assertThat(association.separation()).isEqualTo(0.5);
  }

  @Test
  void aLabelThatFollowsTheOneBeforeIsTold() throws Exception {
    String waves = csv("a,y", 1000, i -> i + "," + (i / 25 % 2));
    SplittableRandom random = new SplittableRandom(7);
    String coins = csv("a,y", 1000, i -> i + "," + random.nextInt(2));

    assertThat(profile(BINARY, "waves.csv", waves).target().noChangeAccuracy())
        .isCloseTo(0.96, within(0.01));
    assertThat(profile(BINARY, "waves.csv", waves).target().dependence())
        .isCloseTo(0.92, within(0.01));
    assertThat(profile(BINARY, "coins.csv", coins).target().dependence()).isCloseTo(0, within(0.1));
  }

  @Test
  void aNumericTargetHasMomentsAndCorrelations() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    PipelineSample profile =
        profile(
            "{field: y, type: numeric}",
            "f.csv",
            csv(
                "part,noise,y",
                1000,
                i -> {
                  int y = random.nextInt(1000);
                  return (y / 2) + "," + random.nextDouble() + "," + y;
                }));

    assertThat(profile.field("part").orElseThrow().association().correlation())
        .isGreaterThan(0.999);
    assertThat(profile.field("noise").orElseThrow().association().correlation())
        .isCloseTo(0, within(0.1));
    assertThat(profile.target().dependence()).isCloseTo(0, within(0.1));
    assertThat(profile.target().constant()).isFalse();
  }

  @Test
  void aFileThatIsNotThereIsAFailure() {
    assertThatThrownBy(
            () ->
                Sampler.profile(
                    pipeline(BINARY, ""), Path.of("nowhere.csv"), 10, (example, keys) -> {}))
        .isInstanceOf(FeedException.class)
        .hasMessage("nowhere.csv: no such file");
  }
}
