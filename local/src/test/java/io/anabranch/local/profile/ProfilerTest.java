package io.anabranch.local.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.local.feed.FeedException;
import io.anabranch.local.profile.FieldProfile.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
  @TempDir Path directory;

  private DataProfile profile(String name, String content) throws Exception {
    return Profiler.profile(Files.writeString(directory.resolve(name), content), 100);
  }

  private static FieldProfile field(DataProfile profile, String name) {
    return profile.field(name).orElseThrow();
  }

  @Test
  void fieldsKeepTheirOrderAndSayWhatTheyHold() throws Exception {
    DataProfile profile =
        profile("a.csv", "id,day,x,note\n1,2024-01-01,0.5,\n2,2024-01-02,1e400,two words\n3\n");

    assertThat(profile.byName().keySet()).containsExactly("id", "day", "x", "note");
    assertThat(profile.records()).isEqualTo(3);
    assertThat(profile.unreadable()).isEqualTo(1);
    assertThat(profile.whole()).isTrue();
    assertThat(field(profile, "id").kind()).isEqualTo(Kind.NUMBERS);
    assertThat(field(profile, "id").whole()).isTrue();
    assertThat(field(profile, "id").unique()).isTrue();
    assertThat(field(profile, "id").increasing()).isTrue();
    assertThat(field(profile, "id").readsAsTime()).isFalse();
    assertThat(field(profile, "day").readsAsTime()).isTrue();
    assertThat(field(profile, "x").kind()).isEqualTo(Kind.MIXED);
    assertThat(field(profile, "x").numbers()).isEqualTo(1);
    assertThat(field(profile, "note").wordsPerText()).isEqualTo(2);
    assertThat(profile.missing(field(profile, "note"))).isEqualTo(1);
  }

  @Test
  void jsonValuesOfEveryKindAreToldApart() throws Exception {
    DataProfile profile =
        profile(
            "a.jsonl",
            "{\"b\":true,\"m\":{\"x\":1},\"v\":[1,2],\"n\":null,\"l\":1.0}\n"
                + "{\"b\":false,\"m\":{},\"v\":[],\"n\":null,\"l\":\"1\"}\nno\n");

    assertThat(field(profile, "b").kind()).isEqualTo(Kind.BOOLEANS);
    assertThat(field(profile, "m").kind()).isEqualTo(Kind.MAPS);
    assertThat(field(profile, "v").kind()).isEqualTo(Kind.VECTORS);
    assertThat(field(profile, "n").kind()).isEqualTo(Kind.MISSING);
    assertThat(field(profile, "l").values().counts()).containsOnlyKeys("1");
    assertThat(profile.unreadable()).isEqualTo(1);
  }

  @Test
  void aSparseVectorIsALabelAndAMap() throws Exception {
    DataProfile profile = profile("a.svm", "+1 3:0.5\n-1 2:1\n");

    assertThat(field(profile, "label").values().counts()).containsOnlyKeys("1", "-1");
    assertThat(field(profile, "x").kind()).isEqualTo(Kind.MAPS);
  }

  @Test
  void aSequenceThatRepeatsItselfIsAutocorrelated() throws Exception {
    DataProfile profile = profile("a.csv", "y\n" + "0\n0\n0\n0\n1\n1\n1\n1\n".repeat(10));

    FieldProfile target = field(profile, "y");
    assertThat(target.repetition().repeated()).isCloseTo(60.0 / 79, within(1e-12));
    assertThat(target.repetition().chance()).isCloseTo(0.5, within(1e-12));
    assertThat(target.autocorrelation().value()).isBetween(0.5, 0.6);
  }

  @Test
  void noMoreThanTheSampleIsRead() throws Exception {
    DataProfile profile = profile("a.csv", "y\n" + "0\n".repeat(101));

    assertThat(profile.records()).isEqualTo(100);
    assertThat(profile.whole()).isFalse();
  }

  @Test
  void aBrokenArchiveIsNamed() throws Exception {
    assertThatThrownBy(() -> profile("a.csv.gz", "no gzip"))
        .isInstanceOf(FeedException.class)
        .hasMessage(directory.resolve("a.csv.gz") + ": cannot be read: Not in GZIP format");
  }
}
