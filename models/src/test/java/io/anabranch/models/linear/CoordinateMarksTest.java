package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.exchange.ExchangeShape;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoordinateMarksTest {
  private static final ExchangeShape LARGEST = DiscountedMerge.shape(24);

  @Test
  void whatWasMarkedFirstStaysMarkedUntilAllIsCleared() {
    CoordinateMarks marks = new CoordinateMarks(new ExchangeShape(4, 1, 2, 3, 3));
    marks.mark(new int[] {3, 9, 15}, 2);
    marks.mark(new int[] {5}, 1);
    assertThat(marks.has(3)).isTrue();
    assertThat(marks.has(9)).isTrue();
    assertThat(marks.has(15)).isFalse();
    assertThat(marks.has(5)).isFalse();
    marks.clear();
    assertThat(marks.has(3)).isFalse();
    marks.mark(new int[] {5}, 1);
    assertThat(marks.has(5)).isTrue();
    assertThat(marks.has(9)).isFalse();
  }

  @Test
  void marksAreThoseOfASetOverTheLargestSpace() {
    SplittableRandom random = new SplittableRandom(1);
    CoordinateMarks marks = new CoordinateMarks(LARGEST);
    for (int round = 0; round < 20; round++) {
      int[] coordinates = random.ints(500, 0, 1 << LARGEST.coordinateBits()).toArray();
      BitSet expected = new BitSet();
      for (int coordinate : coordinates) {
        expected.set(coordinate);
      }
      marks.clear();
      marks.mark(coordinates, coordinates.length);
      random
          .ints(500, 0, 1 << LARGEST.coordinateBits())
          .forEach(any -> assertThat(marks.has(any)).isEqualTo(expected.get(any)));
      for (int coordinate : coordinates) {
        assertThat(marks.has(coordinate)).isTrue();
      }
    }
  }
}
