package io.anabranch.local.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable().row("name", "note").row("a", "long").row("longer");

    assertThat(table.lines()).containsExactly("  name    note", "  a       long", "  longer");
  }

  @Test
  void numbersEndBelowEachOther() {
    TextTable table = new TextTable(1, 2).row("name", "count", "").row("a", "1,000,000", "note");

    assertThat(table.lines()).containsExactly("  name      count", "  a     1,000,000  note");
  }
}
