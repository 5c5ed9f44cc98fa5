package io.anabranch.models.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
  private static final ExchangeShape SHAPE = new ExchangeShape(9, 0, 2, 3, 3);

  private final CoordinateTable table = new CoordinateTable(22);

  @Test
  void whenNumbersRunOutLinesForgetTheirs() {
    PendingChanges pending = new PendingChanges(1 << 30);
    int line = table.touch(7);
    change(pending, line, 1);
    assertThat(drain(pending).size()).isEqualTo(1);
    assertThat(pending.first()).isEqualTo(1);
    assertThat(table.lines()[line + CoordinateTable.EXTRA]).isZero();

    change(pending, line, 3);
    CoordinateBatch batch = drain(pending);
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.values()[0]).isEqualTo(2);
    assertThat(pending.first()).isEqualTo(2);
  }

  @Test
  void pendingChangesFollowTheirLinesWhenTheTableGrows() {
    PendingChanges pending = new PendingChanges();
    // 3 and 19 share the first slot of a table of 16, but not of one of 64.
    for (int coordinate : new int[] {3, 19, 35}) {
      change(pending, table.touch(coordinate), coordinate);
    }
    pending.grow(table, 40, 0);

    CoordinateBatch batch = drain(pending);
    for (int i = 0; i < 3; i++) {
      assertThat(batch.values()[3 * i]).isEqualTo(batch.coordinates()[i]);
    }
    assertThat(table.coordinates()).containsExactly(3, 19, 35);
  }

  private void change(PendingChanges pending, int line, float u) {
    int[] lines = table.lines();
    pending.reserve(1);
    int at = pending.size() * PendingChanges.ENTRY;
    pending.entries()[at] = line;
    pending.entries()[at + PendingChanges.U] = lines[line + CoordinateTable.U];
    pending.entries()[at + PendingChanges.N] = lines[line + CoordinateTable.N];
    pending.entries()[at + 3] = 0;
    lines[line + CoordinateTable.EXTRA] = pending.first() + pending.size();
    lines[line + CoordinateTable.U] = Float.floatToRawIntBits(u);
    pending.size(pending.size() + 1);
  }

  private CoordinateBatch drain(PendingChanges pending) {
    CoordinateBatch batch = new CoordinateBatch(3, 3);
    pending.drain(table.lines(), new CoordinateBatch[] {batch}, SHAPE);
    return batch;
  }
}
