package io.anabranch.job.kafka;

import io.anabranch.job.pipeline.Pipeline;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The broker, as one asks it before a job starts: for as long as the patience lasts. */
public final class Broker implements AutoCloseable {
  /** How long a broker or a missing input topic is waited for. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long PAUSE_MILLIS = 250;

  private final String address;
  private final Duration patience;
  private final long deadline;
  private final Admin admin;

  private Broker(String address, Duration patience, Admin admin) {
    this.address = address;
    this.patience = patience;
    this.deadline = System.nanoTime() + patience.toNanos();
    this.admin = admin;
  }

  /**
   * A connection, made when it is first needed.
   *
   * @throws StartException when the properties cannot be those of a client
   */
  public static Broker of(Pipeline.Kafka kafka, Duration patience) throws StartException {
    Properties properties = ClientProperties.of(kafka);
    String millis = Long.toString(Math.max(1, patience.toMillis()));
    properties.setProperty(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.setProperty(
        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
        Long.toString(Math.max(1, Math.min(10_000, patience.toMillis()))));
    try {
      return new Broker(kafka.bootstrap(), patience, Admin.create(properties));
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new StartException(
          "kafka: no client can be made for " + kafka.bootstrap() + ": " + reason.getMessage(), e);
    }
  }

  /** Where it is. */
  String address() {
    return address;
  }

  /** What is asked. */
  Admin admin() {
    return admin;
  }

  /** How long it is waited for, in seconds. */
  String patienceSeconds() {
    return patience.toSeconds() + " s";
  }

  /** Waits a moment; false when the patience is at its end. */
  boolean pause() throws InterruptedException {
    if (System.nanoTime() - deadline >= 0) {
      return false;
    }
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    return true;
  }

  /**
   * Waits for an answer.
   *
   * @param action what is being done, for messages: {@code describe topic 'a'}
   * @throws StartException when the broker is out of reach or refuses
   * @throws ApiException what else the broker says, for the caller to judge
   */
  <T> T answer(KafkaFuture<T> question, String action) throws StartException, InterruptedException {
    try {
      return question.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof AuthorizationException) {
        throw new StartException(
            "kafka: not authorized to " + action + " at " + address + ": " + cause.getMessage(), e);
      }
      if (cause instanceof AuthenticationException) {
        throw new StartException(
            "kafka: " + address + " refused the credentials: " + cause.getMessage(), e);
      }
      if (cause instanceof ApiException known
          && (known instanceof UnknownTopicOrPartitionException
              || !(known instanceof RetriableException))) {
        throw known;
      }
      throw new StartException(
          "kafka: no broker could be reached at " + address + " within " + patienceSeconds(), e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
