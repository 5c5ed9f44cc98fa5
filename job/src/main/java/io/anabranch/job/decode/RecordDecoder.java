package io.anabranch.job.decode;

import io.anabranch.models.data.Example;
import org.jspecify.annotations.Nullable;

/** Reads one record at a time into an example. Single-threaded: it reuses its buffers. */
public interface RecordDecoder {

  /**
   * Decodes a record; what was in {@code into} is forgotten.
   *
   * @param value the bytes; null for a tombstone, which is no record
   * @param topic with partition and offset: the id of a record that brings none
   * @param timestamp the event time of a record that brings none, epoch ms
   * @throws RecordException when the record cannot be used; {@code into} is empty then
   */
  void decode(
      byte @Nullable [] value,
      String topic,
      int partition,
      long offset,
      long timestamp,
      Example into)
      throws RecordException;

  /**
   * The key of the record just decoded by the {@code i}-th of the extra key fields that the decoder
   * was made with.
   */
  String extraKey(int i);
}
