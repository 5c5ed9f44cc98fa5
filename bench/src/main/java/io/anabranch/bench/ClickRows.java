package io.anabranch.bench;

import io.anabranch.models.data.Example;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** Row number → encoded example of the click-through stream, out of a table drawn once. */
final class ClickRows extends RichMapFunction<Long, Example> {
  private static final long serialVersionUID = 1L;
  private static @Nullable Table drawn;

  private final int rows;
  private final int bits;

  private transient Table table;
  private transient Example example;

  @SuppressWarnings("NullAway.Init") // Flink calls open before all else
  ClickRows(int rows, int bits) {
    this.rows = rows;
    this.bits = bits;
  }

  private static final class Table {
    final int bits;
    final int[] coordinates;
    final byte[] labels;

    Table(int rows, int bits) {
      this.bits = bits;
      coordinates = new int[rows * ClickStream.FIELDS];
      labels = new byte[rows];
    }
  }

  private static synchronized Table draw(int rows, int bits) {
    Table known = drawn;
    if (known != null && known.labels.length == rows && known.bits == bits) {
      return known;
    }
    ClickStream stream = new ClickStream(42);
    Table fresh = new Table(rows, bits);
    int[] ids = new int[ClickStream.FIELDS];
    for (int row = 0; row < rows; row++) {
      fresh.labels[row] = (byte) stream.next(ids);
      for (int field = 0; field < ClickStream.FIELDS; field++) {
        fresh.coordinates[row * ClickStream.FIELDS + field] =
            ClickStream.coordinate(field, ids[field], bits);
      }
    }
    drawn = fresh;
    return fresh;
  }

  @Override
  public void open(OpenContext context) {
    table = draw(rows, bits);
    example = new Example();
  }

  @Override
  public Example map(Long row) {
    int at = row.intValue();
    example.clear();
    example.identify("r", "", row);
    for (int i = at * ClickStream.FIELDS; i < (at + 1) * ClickStream.FIELDS; i++) {
      example.features().addSparse(table.coordinates[i], 1);
    }
    example.label(table.labels[at] == 1 ? "1" : "0", table.labels[at]);
    return example;
  }
}
