package io.anabranch.local.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table(Table.LEFT, Table.RIGHT, Table.LEFT);
    table.row("name", "count");
    table.row("a", "1,000,000", "note");

    assertThat(table.lines()).containsExactly("  name       count", "  a      1,000,000   note");
  }

  @Test
  void aRowThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> new Table(Table.LEFT).row("a", "b"))
        .hasMessage("a row must have at most 1 cells, got 2");
  }
}
