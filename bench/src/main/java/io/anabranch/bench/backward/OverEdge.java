package io.anabranch.bench.backward;

import io.anabranch.bench.backward.Publications.Lateness;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Publications over a broadcast edge of a job, flushed at once, to two receivers. */
final class OverEdge {
  private static final int PARALLELISM = 2;
  private static @Nullable Lateness lateness;

  private OverEdge() {}

  static Lateness run(Publications publications) throws Exception {
    Lateness measured = new Lateness(PARALLELISM * publications.total());
    lateness = measured;
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, new Configuration());
    environment.getConfig().enableObjectReuse();
    environment
        .fromSequence(0, publications.total() - 1)
        .map(new Shards(publications))
        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .setBufferTimeout(0)
        .broadcast()
        .process(new Receiver())
        .sinkTo(new DiscardingSink<>());
    environment.execute();
    return measured;
  }

  /** Half of each publication, as the source deals the numbers out in halves. */
  private static final class Shards extends RichMapFunction<Long, byte[]> {
    private static final long serialVersionUID = 1L;
    private final Publications publications;
    private byte[] payload = {};
    private long begun;
    private long sent;

    Shards(Publications publications) {
      this.publications = publications;
    }

    @Override
    public void open(OpenContext context) {
      payload = publications.payload();
      begun = System.nanoTime();
    }

    @Override
    public byte[] map(Long number) {
      long publication = sent++ * PARALLELISM / publications.messages();
      return publications.message(payload, begun, Math.toIntExact(publication));
    }
  }

  private static final class Receiver extends ProcessFunction<byte[], Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(byte[] message, Context context, Collector<Long> out) {
      Objects.requireNonNull(lateness).arrived(message);
    }
  }
}
