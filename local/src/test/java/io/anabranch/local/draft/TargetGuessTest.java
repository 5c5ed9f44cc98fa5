package io.anabranch.local.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.Profiler;
import io.anabranch.models.data.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetGuessTest {
  @TempDir Path directory;

  private Optional<TargetGuess> guess(String... values) throws Exception {
    String column = String.join("\n", values);
    return TargetGuess.guess(profile("y\n" + column + "\n").field("y").orElseThrow());
  }

  private DataProfile profile(String content) throws Exception {
    return Profiler.profile(Files.writeString(directory.resolve("a.csv"), content), 10_000);
  }

  private static String[] repeated(int distinct, String format) {
    return IntStream.range(0, 400)
        .mapToObj(i -> format.formatted(i % distinct))
        .toArray(String[]::new);
  }

  private void isBinary(String positive, String reason, String... values) throws Exception {
    assertThat(guess(values)).contains(new TargetGuess(Target.binary(positive), reason));
  }

  @Test
  void ofTwoLabelsTheOneThatSaysYesIsPositive() throws Exception {
    isBinary("1", "2 labels, '1' the positive one", "0", "1", "1");
    isBinary("1", "2 labels, '1' the positive one", "-1.0", "1.0", "1");
    isBinary("Yes", "2 labels, 'Yes' the positive one", "Yes", "Yes", "No");
    isBinary("UP", "2 labels, 'UP' the positive one", "UP", "DOWN", "UP");
  }

  @Test
  void ofTwoOtherLabelsTheRarerOneIsPositive() throws Exception {
    isBinary("b", "2 labels, 'b' the positive one, being rarer", "a", "b", "a");
    isBinary("2", "2 labels, '2' the positive one, being rarer", "1", "2", "1");
  }

  @Test
  void fewLabelsAreClasses() throws Exception {
    assertThat(guess(repeated(3, "c%d")))
        .contains(new TargetGuess(Target.multiclass(), "3 different labels"));
    assertThat(guess(repeated(10, "%d")))
        .contains(new TargetGuess(Target.multiclass(), "10 different labels"));
  }

  @Test
  void manyNumbersAndFractionsAndNumbersWithGapsAreNumeric() throws Exception {
    assertThat(guess(repeated(30, "%d")))
        .contains(new TargetGuess(Target.numeric(), "30 different whole numbers"));
    assertThat(guess(repeated(4, "%d.5")))
        .contains(new TargetGuess(Target.numeric(), "4 different numbers"));
    assertThat(guess(repeated(4, "1%d00")))
        .contains(new TargetGuess(Target.numeric(), "4 different whole numbers"));
  }

  @Test
  void whatNeverOrAlwaysDiffersIsNoTarget() throws Exception {
    assertThat(guess("a", "a", "a")).isEmpty();
    assertThat(guess("a", "b", "c")).isEmpty();
  }

  @Test
  void theTargetIsFoundByItsName() throws Exception {
    assertThat(TargetGuess.field(profile("a,Class\n1,x\n2,y\n"))).contains("Class");
    assertThat(TargetGuess.field(profile("y,label\n1,x\n2,y\n"))).contains("label");
    assertThat(TargetGuess.field(profile("a,label\n1,x\n2,x\n"))).isEmpty();
    assertThat(TargetGuess.field(profile("a,b\n1,x\n2,y\n"))).isEmpty();
  }

  @Test
  void aTargetIsDescribedByItsValues() throws Exception {
    DataProfile profile =
        profile("n,t,f,l\n1,a,0.5," + "x".repeat(30) + "\n2,b,1,\n3,a,7,\n4,a,7,\n5,a,7,\n");

    assertThat(profile.fields().stream().map(FieldText::values).collect(Collectors.toList()))
        .containsExactly(
            "whole numbers from 1 to 5",
            "2 texts: a, b",
            "3 numbers: 0.5, 1, 7",
            "1 texts: " + "x".repeat(19) + "…");
    assertThat(profile.field("n").map(FieldProfile::unique)).contains(true);
  }
}
