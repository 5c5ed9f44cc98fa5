package io.anabranch.flinkml;

import io.anabranch.operators.embed.Mapping;
import java.util.NoSuchElementException;
import org.apache.flink.ml.linalg.Vector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableImpl;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** Tables as Flink ML hands them over. */
record TableInput(StreamTableEnvironment tables, DataStream<Row> rows) {

  /** The one table that an estimator takes. */
  static TableInput of(Table... inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException("fit must be given 1 table, got " + inputs.length);
    }
    // As Flink ML does: there is no public way from a table to its environment.
    StreamTableEnvironment tables =
        (StreamTableEnvironment) ((TableImpl) inputs[0]).getTableEnvironment();
    return new TableInput(tables, tables.toDataStream(inputs[0]));
  }

  /** The vector in a column. */
  static VectorFeatures.VectorOf<Row> vector(String column) {
    return row -> (Vector) row.getField(column);
  }

  /** The number in a column, NaN where there is none; 1 when no column is named. */
  static Mapping.Numeric<Row> number(@Nullable String column) {
    return row -> {
      if (column == null) {
        return 1;
      }
      return row.getField(column) instanceof Number number ? number.doubleValue() : Double.NaN;
    };
  }

  /**
   * The first row of a bounded table, such as model data; runs a job of its own.
   *
   * @throws IllegalArgumentException when the table is empty
   */
  static Row first(Table table) {
    try (CloseableIterator<Row> rows = table.execute().collect()) {
      return rows.next();
    } catch (NoSuchElementException e) {
      throw new IllegalArgumentException("initial model data must have a row, got none", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the initial model data could not be read", e);
    }
  }
}
