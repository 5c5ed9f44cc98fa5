package io.anabranch.job.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Dead letters: the original key and value, with headers {@code anabranch.error}, {@code .stage},
 * {@code .topic}, {@code .partition} and {@code .offset}, each a text in UTF-8. A value too large
 * for the topic is cut, and header {@code anabranch.truncated} says how many bytes it had. A key
 * too large is left out, with its length in {@code anabranch.truncated.key}.
 */
public final class DeadLetterFormat {
  /**
   * Bytes of a Kafka record that are neither key nor value: headers (an error text of up to {@value
   * #ERROR_CHARACTERS} characters of three bytes, topic name, numbers) and the framing of a batch.
   */
  public static final int ROOM = 16 << 10;

  private static final int ERROR_CHARACTERS = 2_000;
  private static final String PREFIX = "anabranch.";

  /** The header that says why. */
  public static final String ERROR = PREFIX + "error";

  /** The header with the input topic. */
  public static final String TOPIC = PREFIX + "topic";

  /** The header with the partition of the input topic. */
  public static final String PARTITION = PREFIX + "partition";

  /** The header with the offset in the partition. */
  public static final String OFFSET = PREFIX + "offset";

  private final String topic;
  private final int limit;

  /**
   * The format for one topic.
   *
   * @param maxRecordBytes the largest record that topic and producer take, in bytes
   */
  public DeadLetterFormat(String topic, int maxRecordBytes) {
    this.topic = topic;
    this.limit = Math.max(0, maxRecordBytes - ROOM);
  }

  /** The record to be sent. */
  public ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    int keyLength = letter.key().map(bytes -> bytes.length).orElse(0);
    boolean keyFits = keyLength <= limit / 2;
    Optional<byte[]> key = letter.key().filter(bytes -> keyFits);
    int room = limit - (keyFits ? keyLength : 0);
    Optional<byte[]> value =
        letter.value().map(bytes -> bytes.length > room ? Arrays.copyOf(bytes, room) : bytes);
    ProducerRecord<byte[], byte[]> record = of(key, value);
    Headers headers = record.headers();
    add(headers, ERROR, cut(letter.error()));
    add(headers, TOPIC, letter.topic());
    add(headers, PARTITION, Integer.toString(letter.partition()));
    add(headers, OFFSET, Long.toString(letter.offset()));
    add(headers, PREFIX + "stage", letter.stage());
    letter
        .value()
        .filter(bytes -> bytes.length > room)
        .ifPresent(bytes -> add(headers, PREFIX + "truncated", Integer.toString(bytes.length)));
    if (!keyFits) {
      add(headers, PREFIX + "truncated.key", Integer.toString(keyLength));
    }
    return record;
  }

  @SuppressWarnings("NullAway") // to Kafka an absent key or value is null
  private ProducerRecord<byte[], byte[]> of(Optional<byte[]> key, Optional<byte[]> value) {
    return new ProducerRecord<>(topic, key.orElse(null), value.orElse(null));
  }

  private static String cut(String error) {
    return error.length() <= ERROR_CHARACTERS ? error : error.substring(0, ERROR_CHARACTERS) + "…";
  }

  private static void add(Headers headers, String name, String text) {
    headers.add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
