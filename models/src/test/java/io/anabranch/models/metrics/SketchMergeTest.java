package io.anabranch.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.anabranch.models.data.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** However a stream is cut, whatever the order in which its parts come together. */
class SketchMergeTest {
  private static final Target NUMERIC = Target.numeric();
  private static final Target MULTICLASS = Target.multiclass();

  @Property(tries = 300, seed = "1")
  void partsMergeInAnyOrderToWhatTheirMergedHalvesSay(
      @ForAll @IntRange(max = 2) int kind,
      @ForAll @IntRange(min = 1, max = 9) int parts,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Target target = List.of(Scoring.BINARY, MULTICLASS, NUMERIC).get(kind);
    List<PrequentialSketch> sketches = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      sketches.add(part(target, random));
    }
    PrequentialSketch inOrder = new PrequentialSketch(target);
    sketches.forEach(inOrder::merge);

    Collections.shuffle(sketches, random);
    PrequentialSketch left = new PrequentialSketch(target);
    PrequentialSketch right = new PrequentialSketch(target);
    for (PrequentialSketch sketch : sketches) {
      PrequentialSketch shipped = Scoring.read(Scoring.bytes(sketch));
      (random.nextBoolean() ? left : right).merge(shipped);
    }
    right.merge(left);

    assertThat(right.scored()).isEqualTo(inOrder.scored());
    assertSame(right, inOrder);
  }

  @Property(tries = 100, seed = "2")
  void mergingTwoIsTheSameBothWays(@ForAll @IntRange(max = 2) int kind, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Target target = List.of(Scoring.BINARY, MULTICLASS, NUMERIC).get(kind);
    byte[] one = Scoring.bytes(part(target, random));
    byte[] two = Scoring.bytes(part(target, random));
    PrequentialSketch forth = Scoring.read(one);
    forth.merge(Scoring.read(two));
    PrequentialSketch back = Scoring.read(two);
    back.merge(Scoring.read(one));
    assertSame(forth, back);
  }

  @Property(tries = 100, seed = "3")
  void aSketchComesBackFromItsBytes(@ForAll @IntRange(max = 2) int kind, @ForAll long seed)
      throws IOException {
    Target target = List.of(Scoring.BINARY, MULTICLASS, NUMERIC).get(kind);
    PrequentialSketch sketch = part(target, new Random(seed));
    byte[] bytes = Scoring.bytes(sketch);
    PrequentialSketch back = Scoring.read(bytes);
    assertThat(back.figures()).isEqualTo(sketch.figures());
    assertThat(back.scored()).isEqualTo(sketch.scored());
    assertThat(Scoring.bytes(back)).isEqualTo(bytes);
  }

  @Test
  void moreClassesThanAreToldApartMergeInAnyOrder() {
    List<PrequentialSketch> sketches = new ArrayList<>();
    Random random = new Random(4);
    int classes = 3 * ClassCounts.MOST_CLASSES;
    for (int part = 0; part < 6; part++) {
      List<Scoring> scorings = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        String actual = "class " + random.nextInt(classes);
        String predicted = random.nextBoolean() ? actual : "class " + random.nextInt(classes);
        scorings.add(Scoring.multiclass(predicted, actual));
      }
      sketches.add(Scoring.sketch(MULTICLASS, scorings));
    }
    PrequentialSketch forth = new PrequentialSketch(MULTICLASS);
    sketches.forEach(forth::merge);
    Collections.reverse(sketches);
    PrequentialSketch back = new PrequentialSketch(MULTICLASS);
    sketches.forEach(back::merge);

    assertThat(Scoring.bytes(back)).isEqualTo(Scoring.bytes(forth));
    double accuracy = forth.figures().get("accuracy");
    assertThat(accuracy).isBetween(0.45, 0.55);
    // Chance agreement over single classes is 1/3000: kappa would be the accuracy, nearly. The two
    // thirds of all classes that count as one add 4/9 to it, so kappa is lower, never higher.
    assertThat(forth.figures().get("kappa")).isLessThan(accuracy).isGreaterThan(0);
  }

  private static PrequentialSketch part(Target target, Random random) {
    List<Scoring> scorings = new ArrayList<>();
    for (int left = random.nextInt(60); left > 0; left--) {
      scorings.add(
          switch (target.type()) {
            case BINARY -> binary(random);
            case MULTICLASS -> multiclass(random);
            case NUMERIC -> Scoring.numeric(50 + random.nextGaussian(), 50 + random.nextGaussian());
            case NONE -> throw new AssertionError("nothing to score");
          });
    }
    return Scoring.sketch(target, scorings);
  }

  private static Scoring binary(Random random) {
    boolean positive = random.nextInt(3) == 0;
    return random.nextInt(10) == 0
        ? Scoring.decision(random.nextBoolean(), positive)
        : Scoring.probability(random.nextDouble(), positive);
  }

  private static Scoring multiclass(Random random) {
    String[] classes = {"a", "b", "c"};
    double first = random.nextDouble();
    double second = (1 - first) * random.nextDouble();
    return Scoring.multiclass(
        classes[random.nextInt(3)],
        classes[random.nextInt(3)],
        classes,
        first,
        second,
        1 - first - second);
  }

  private static void assertSame(PrequentialSketch one, PrequentialSketch other) {
    assertThat(one.figures()).containsOnlyKeys(other.figures().keySet());
    for (Map.Entry<String, Double> figure : other.figures().entrySet()) {
      double scale = Math.max(1, Math.abs(figure.getValue()));
      assertThat(one.figures().get(figure.getKey()))
          .as(figure.getKey())
          .isCloseTo(figure.getValue(), within(1e-9 * scale));
    }
  }
}
