package io.anabranch.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.data.Target;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchBytesTest {

  @Test
  void aChunkIsSmall() {
    List<Scoring> scorings = new ArrayList<>();
    Random random = new Random(6);
    for (int i = 0; i < 125; i++) {
      double p = 1 / (1 + Math.exp(-2 * random.nextGaussian()));
      scorings.add(Scoring.probability(p, random.nextDouble() < p));
    }
    assertThat(Scoring.bytes(Scoring.sketch(Scoring.BINARY, scorings)).length).isLessThan(700);
    assertThat(Scoring.bytes(new PrequentialSketch(Scoring.BINARY)).length).isEqualTo(3);
    assertThat(
            Scoring.bytes(Scoring.sketch(Target.numeric(), List.of(Scoring.numeric(1, 2)))).length)
        .isEqualTo(36);
  }

  @Test
  void truncatedBytesAreRefused() {
    byte[] bytes =
        Scoring.bytes(
            Scoring.sketch(
                Scoring.BINARY,
                List.of(Scoring.probability(0.3, true), Scoring.probability(0.6, false))));
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Scoring.read(truncated)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void anUnknownLayoutOrTargetIsRefused() {
    assertThatThrownBy(() -> Scoring.read(new byte[] {2, 1, 0}))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessage(
            "the layout of a sketch must be 1, got 2: a newer build wrote it, or it is damaged");
    assertThatThrownBy(() -> Scoring.read(new byte[] {1, 9, 0}))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessage("the target of a sketch must be between 1 and 4, got 9: it is damaged");
  }

  /** A sketch has no checksum, its carriers do; but nothing asks for memory without bound. */
  @Test
  void damagedBytesAreReadOrRefusedAndNothingElse() {
    byte[] bytes =
        Scoring.bytes(
            Scoring.sketch(
                Target.multiclass(),
                List.of(
                    Scoring.multiclass("a", "b", new String[] {"a", "b"}, 0.6, 0.4),
                    Scoring.multiclass("c", "b"))));
    for (int at = 0; at < bytes.length; at++) {
      for (int flip = 1; flip < 256; flip++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) flip;
        try {
          Scoring.read(damaged).figures();
        } catch (IOException refused) {
          assertThat(refused).isInstanceOfAny(StreamCorruptedException.class, EOFException.class);
        }
      }
    }
  }
}
