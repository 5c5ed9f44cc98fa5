package io.anabranch.bench;

import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FieldPlan;
import io.anabranch.models.feature.RecordEncoder;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows encoded per second by the job's encoder: 8 numbers, and 39 texts to be hashed. The field
 * names are looked up per record, as decoders do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncoderKernel {
  private static final int ROWS = 1_024;
  private static final int NUMBERS = 8;

  private final RecordEncoder encoder = new RecordEncoder(new FeatureSpec.Auto(Set.of()), 22);
  private final FeatureVector vector = new FeatureVector();
  private final String[] names = new String[ClickStream.FIELDS];
  private final char[][] texts = new char[ROWS * ClickStream.FIELDS][];
  private int row;

  /** Draws the rows. */
  public EncoderKernel() {
    ClickStream stream = new ClickStream(42);
    int[] ids = new int[ClickStream.FIELDS];
    for (int field = 0; field < ClickStream.FIELDS; field++) {
      names[field] = "field" + field;
    }
    for (int i = 0; i < ROWS; i++) {
      stream.next(ids);
      for (int field = 0; field < ClickStream.FIELDS; field++) {
        texts[i * ClickStream.FIELDS + field] = Integer.toHexString(ids[field]).toCharArray();
      }
    }
  }

  /** Eight numeric fields. */
  @Benchmark
  public int numbers() {
    int at = nextRow();
    encoder.begin(vector);
    for (int field = 0; field < NUMBERS; field++) {
      FieldPlan plan = encoder.field(names[field]);
      encoder.number(plan, at + 0.5 * field);
    }
    encoder.end();
    return vector.size();
  }

  /** 39 categorical fields. */
  @Benchmark
  public int texts() {
    int at = nextRow() * ClickStream.FIELDS;
    encoder.begin(vector);
    for (int field = 0; field < ClickStream.FIELDS; field++) {
      char[] text = texts[at + field];
      encoder.text(encoder.field(names[field]), text, 0, text.length);
    }
    encoder.end();
    return vector.size();
  }

  private int nextRow() {
    row = (row + 1) % ROWS;
    return row;
  }
}
