package io.anabranch.local.output;

import io.anabranch.job.output.DeadLetterFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Follows the dead letters for the eye. */
public final class DeadLetterWatch implements AutoCloseable {
  // Written by the tail's thread, read by the view's.
  private volatile Optional<String> last = Optional.empty();
  private final TopicTail tail;

  /** Starts following a topic, which exists, from its end. */
  public DeadLetterWatch(Map<String, ?> client, String topic) {
    tail = new TopicTail(client, topic, record -> last = Optional.of(say(record.headers())));
  }

  private static String say(Headers headers) {
    return header(headers, DeadLetterFormat.ERROR)
        + " ("
        + header(headers, DeadLetterFormat.TOPIC)
        + ", partition "
        + header(headers, DeadLetterFormat.PARTITION)
        + ", offset "
        + header(headers, DeadLetterFormat.OFFSET)
        + ")";
  }

  private static String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Why and where the last dead letter arose; empty when there was none since the start. */
  public Optional<String> last() {
    return last;
  }

  @Override
  public void close() {
    tail.close();
  }
}
