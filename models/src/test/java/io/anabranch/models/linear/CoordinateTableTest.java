package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoordinateTableTest {
  private static final int LINE_BYTES = CoordinateTable.LINE * Integer.BYTES;

  @Property(tries = 200, seed = "1")
  void itIsAMapFromCoordinatesToLinesHoweverFullTheSpace(
      @ForAll @IntRange(min = 1, max = 10) int bits,
      @ForAll @IntRange(min = 1, max = 3_000) int touches,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CoordinateTable table = new CoordinateTable(bits);
    Map<Integer, Integer> expected = new TreeMap<>();
    for (int i = 0; i < touches; i++) {
      int coordinate = random.nextInt((random.nextInt(4) == 0 ? 4 : 1) << bits);
      boolean number = coordinate >= 1 << bits;
      assertThat(table.find(coordinate) >= 0).isEqualTo(expected.containsKey(coordinate));
      table.reserve(1, number ? 1 : 0);
      table.lines()[table.touch(coordinate) + CoordinateTable.N] = i;
      expected.put(coordinate, i);
    }
    assertThat(table.size()).isEqualTo(expected.size());
    assertThat(table.coordinates())
        .isEqualTo(expected.keySet().stream().mapToInt(Integer::intValue).toArray());
    expected.forEach(
        (coordinate, value) ->
            assertThat(table.lines()[table.find(coordinate) + CoordinateTable.N]).isEqualTo(value));
  }

  @Test
  void aSpaceThatIsTouchedAllOverTakesOneLineForEachCoordinate() {
    CoordinateTable table = new CoordinateTable(16);
    for (int coordinate = 0; coordinate < 1 << 16; coordinate++) {
      table.reserve(1, 0);
      table.touch(coordinate);
    }
    table.reserve(1, 1);
    table.touch(1 << 16);
    long bytes = (long) table.lines().length * Integer.BYTES;
    assertThat(bytes).isEqualTo((65_536 + 16) * LINE_BYTES);
  }

  @Test
  void oneThatIsNotTakesNoMoreThanItsShare() {
    CoordinateTable table = new CoordinateTable(24);
    for (int coordinate = 0; coordinate < 48; coordinate++) {
      table.reserve(1, 0);
      table.touch(coordinate * 1_001);
    }
    assertThat(table.lines().length * Integer.BYTES).isEqualTo(64 * LINE_BYTES);
  }

  @Test
  void numbersForWhichNoRoomWasReservedAreRefused() {
    CoordinateTable table = new CoordinateTable(4);
    table.reserve(16, 4);
    for (int number = 16; number < 31; number++) {
      table.touch(number);
    }
    assertThatThrownBy(() -> table.touch(31))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("room must be reserved for numbers, there is some for 16");
  }
}
