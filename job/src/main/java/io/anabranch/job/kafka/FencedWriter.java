package io.anabranch.job.kafka;

import io.anabranch.job.kafka.FencedSink.Records;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.kafka.clients.producer.Producer;

/** Writes in short transactions. An error of an earlier record comes up at the next call. */
final class FencedWriter<T> implements SinkWriter<T> {
  private final Producer<byte[], byte[]> producer;
  private final Records<T> records;
  private final Duration linger;
  private final ProcessingTimeService time;
  private boolean uncommitted;

  FencedWriter(
      Producer<byte[], byte[]> producer,
      Records<T> records,
      Duration linger,
      ProcessingTimeService time) {
    this.producer = producer;
    this.records = records;
    this.linger = linger;
    this.time = time;
  }

  @Override
  public void write(T element, Context context) {
    if (!uncommitted) {
      begin();
    }
    var unused = producer.send(records.of(element)); // a failure comes up when it is committed
    if (linger.isZero()) {
      commit();
    }
  }

  private void begin() {
    producer.beginTransaction();
    uncommitted = true;
    if (!linger.isZero()) {
      long due = time.getCurrentProcessingTime() + linger.toMillis();
      var unused = time.registerTimer(due, at -> commit()); // runs between elements, and fails them
    }
  }

  @Override
  public void flush(boolean endOfInput) {
    commit();
  }

  /** Fails when a record of the transaction could not be written, or a newer attempt has begun. */
  private void commit() {
    if (uncommitted) {
      producer.commitTransaction();
      uncommitted = false;
    }
  }

  @Override
  public void close() {
    // Without waiting: what is uncommitted was not covered by a checkpoint, and comes again.
    producer.close(Duration.ZERO);
  }
}
