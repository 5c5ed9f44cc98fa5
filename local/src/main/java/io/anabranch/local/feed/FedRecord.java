package io.anabranch.local.feed;

import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordException;
import io.anabranch.models.data.Example;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record of a file, ready to be produced.
 *
 * @param line where it starts in the file, 1-based
 * @param key the text of the key field; absent when the topic has none or the record lacks it
 * @param time epoch ms from the time field, at least 0; absent when there is none or it can't be
 *     read
 * @param defect what is wrong with it when it could not be read from the file: its value is what
 *     the file has there
 */
@SuppressWarnings("ArrayRecordComponent") // a payload on its way out; never compared
public record FedRecord(
    long line, byte[] value, Optional<String> key, OptionalLong time, Optional<String> defect) {

  /** A record that could be read from the file. */
  FedRecord(long line, byte[] value, Optional<String> key, OptionalLong time) {
    this(line, value, key, time, Optional.empty());
  }

  /** What could not be read from the file. */
  static FedRecord defective(long line, byte[] value, String defect) {
    return new FedRecord(line, value, Optional.empty(), OptionalLong.empty(), Optional.of(defect));
  }

  /**
   * Decodes it, as the job does once it is fed.
   *
   * @throws RecordException with the reason of the dead letter that it would be
   */
  public void decode(RecordDecoder decoder, String topic, long offset, Example into)
      throws RecordException {
    if (defect.isPresent()) {
      throw RecordException.unreadable(defect.get());
    }
    decoder.decode(value, topic, 0, offset, time.orElse(0), into);
  }
}
