package io.anabranch.job.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anabranch.job.output.DeadLetter;
import io.anabranch.job.output.MetricsFormat;
import io.anabranch.job.output.PredictionFormat;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.operators.record.MetricsReport;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.PredictionRecord;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what a job writes, as text, for a test in the same JVM. */
final class CollectingSinks implements Sinks {
  private static final Map<Long, Map<String, List<String>>> WRITTEN = new ConcurrentHashMap<>();
  private static final AtomicLong INSTANCES = new AtomicLong();

  private final long instance = INSTANCES.incrementAndGet();
  private final Pipeline pipeline;

  CollectingSinks(Pipeline pipeline) {
    this.pipeline = pipeline;
    WRITTEN.put(instance, new ConcurrentHashMap<>());
  }

  /** What was written to an output: {@code predictions-LEARNER}, {@code metrics} and so on. */
  List<String> written(String output) {
    return WRITTEN.get(instance).getOrDefault(output, List.of());
  }

  @Override
  public Sink<PredictionRecord> predictions(LearnerEntry learner) {
    boolean keyed = LearnerKey.of(pipeline, learner).present();
    var target = pipeline.target().target();
    return sink(
        "predictions-" + learner.id(),
        record -> new String(new PredictionFormat(target, keyed).value(record), UTF_8));
  }

  @Override
  public Sink<ModelRecord.Block> blocks() {
    return sink("blocks", block -> block.learner() + " " + block.block());
  }

  @Override
  public Sink<ModelRecord.Manifest> manifests() {
    return sink("manifests", manifest -> manifest.learner() + " " + manifest.offsets());
  }

  @Override
  public Sink<MetricsReport> metrics() {
    return sink("metrics", report -> new String(new MetricsFormat().value(report), UTF_8));
  }

  @Override
  public Sink<DeadLetter> deadLetters() {
    return sink(
        "dead-letters",
        letter -> letter.partition() + "@" + letter.offset() + " " + letter.stage());
  }

  private <T> Sink<T> sink(String output, Text<T> text) {
    return new Collecting<>(instance, output, text);
  }

  private interface Text<T> extends Serializable {
    String of(T element) throws IOException;
  }

  @SuppressWarnings("deprecation") // createWriter(InitContext) is abstract in Flink 1.20 still
  private record Collecting<T>(long instance, String output, Text<T> text) implements Sink<T> {
    @Override
    public SinkWriter<T> createWriter(InitContext context) {
      return new Writer<>(
          WRITTEN.get(instance).computeIfAbsent(output, name -> new CopyOnWriteArrayList<>()),
          text);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return createWriter((InitContext) null);
    }
  }

  private record Writer<T>(List<String> into, Text<T> text) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) throws IOException {
      into.add(text.of(element));
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
