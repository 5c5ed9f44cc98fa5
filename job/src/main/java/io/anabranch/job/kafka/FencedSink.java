package io.anabranch.job.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes at least once, and of each subtask only the newest attempt can: what a process that stood
 * still sends after its work was taken over is refused by the broker. In a compacted topic it would
 * replace what is newer, for good.
 *
 * <p>Each subtask has one transactional id, whose transactions are short: they fence, they don't
 * follow checkpoints. What was written is committed at each barrier before the checkpoint counts,
 * so records are visible to committed readers before anything that is sent once it has completed.
 *
 * @param turn an earlier run of the pipeline must not be fenced
 * @param producer configuration of a Kafka producer
 * @param idPrefix of the transactional ids, one of which belongs to each subtask
 * @param linger the longest that a record stays uncommitted; zero commits each at once
 */
record FencedSink<T>(
    RunTurn turn, Properties producer, String idPrefix, Duration linger, Records<T> records)
    implements Sink<T> {

  /** Makes the record of an element. */
  interface Records<T> extends Serializable {
    ProducerRecord<byte[], byte[]> of(T element);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Flink 1.20 still, and no longer called
  public SinkWriter<T> createWriter(InitContext context) {
    throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    turn.await(context.getJobInfo().getJobId());
    return new FencedWriter<>(
        TransactionFence.raise(
            producer,
            idPrefix,
            context.getTaskInfo().getIndexOfThisSubtask(),
            context.getTaskInfo().getNumberOfParallelSubtasks()),
        records,
        linger,
        context.getProcessingTimeService());
  }
}
