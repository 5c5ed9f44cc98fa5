package io.anabranch.bench;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.SharedLearner;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows learned per second, 39 sparse features hashed to 2^22: the job's learner against {@link
 * PlainFtrl}, and the job's order (predict, then learn) beside learning alone, which is what the
 * plain loop does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class LearnerKernel {
  private static final int BITS = 22;
  private static final int ROWS = 400_000;
  private static final int CHUNK = 1_000;
  private static final int SHIPMENT = 5_000;

  private final int[] coordinates = new int[ROWS * ClickStream.FIELDS];
  private final int[] labels = new int[ROWS];
  private final PlainFtrl plain = new PlainFtrl(BITS);
  private final Example example = new Example();
  private final Prediction prediction = new Prediction();
  private Learner perKey = logisticRegression().create(settings());
  private SharedLearner replica = logisticRegression().createShared(settings()).orElseThrow();
  private CoordinateBatch[] deltas = new CoordinateBatch[0];
  private int row;

  /** Draws the rows; every variant reads the same ones. */
  @Setup
  public void drawRows() {
    ClickStream stream = new ClickStream(42);
    int[] ids = new int[ClickStream.FIELDS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = stream.next(ids);
      for (int field = 0; field < ClickStream.FIELDS; field++) {
        coordinates[i * ClickStream.FIELDS + field] =
            ClickStream.coordinate(field, ids[field], BITS);
      }
    }
    perKey = logisticRegression().create(settings());
    replica = logisticRegression().createShared(settings()).orElseThrow();
    deltas = new CoordinateBatch[replica.shape().shards()];
    Arrays.setAll(
        deltas,
        shard ->
            new CoordinateBatch(replica.shape().deltaWidth(), replica.shape().statisticsWidth()));
  }

  /** The tight loop. */
  @Benchmark
  @OperationsPerInvocation(CHUNK)
  public double plainLoop() {
    double sum = 0;
    for (int i = 0; i < CHUNK; i++) {
      int at = nextRow();
      sum += plain.learn(coordinates, at * ClickStream.FIELDS, labels[at]);
    }
    return sum;
  }

  /** The model of one key, learning. */
  @Benchmark
  @OperationsPerInvocation(CHUNK)
  public long model() {
    return learn(perKey);
  }

  /** The replica of a shared model, learning: pending changes are kept, and drained as shipped. */
  @Benchmark
  @OperationsPerInvocation(CHUNK)
  public long replica() {
    long learned = learn(replica);
    ship();
    return learned;
  }

  /** The replica in the job's order: predict, then learn. */
  @Benchmark
  @OperationsPerInvocation(CHUNK)
  public double replicaPredictsAndLearns() {
    double sum = 0;
    for (int i = 0; i < CHUNK; i++) {
      load(nextRow());
      replica.predict(example, prediction);
      replica.learn(example);
      sum += prediction.probability();
    }
    ship();
    return sum;
  }

  private void ship() {
    if (replica.examples() % SHIPMENT == 0) {
      replica.drain(deltas);
      for (CoordinateBatch delta : deltas) {
        delta.clear();
      }
    }
  }

  private long learn(Learner learner) {
    for (int i = 0; i < CHUNK; i++) {
      load(nextRow());
      learner.learn(example);
    }
    return learner.examples();
  }

  private int nextRow() {
    int current = row;
    row = current + 1 == ROWS ? 0 : current + 1;
    return current;
  }

  private void load(int at) {
    example.clear();
    int from = at * ClickStream.FIELDS;
    for (int i = from; i < from + ClickStream.FIELDS; i++) {
      example.features().addSparse(coordinates[i], 1);
    }
    example.label(labels[at] == 1 ? "1" : "0", labels[at]);
  }

  private static LearnerSettings settings() {
    return new LearnerSettings(Target.binary("1"), BITS, Map.of(), 1);
  }

  private static LearnerProvider logisticRegression() {
    return new LearnerRegistry(LearnerKernel.class.getClassLoader())
        .find("logistic-regression")
        .orElseThrow();
  }
}
