package io.anabranch.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.local.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeederIT {
  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(directory.resolve("broker"));
    admin = Admin.create(client());
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  private static Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrap());
  }

  private static Feed feed(String topic, String file, String content) throws Exception {
    new InputTopics(admin).create(topic, 2);
    TopicShape shape =
        new TopicShape(topic, new Pipeline.Format.Json(), Optional.of("k"), Optional.of("ts"));
    Path path = Files.writeString(directory.resolve(file), content);
    return Feed.parse(topic + "=" + path, List.of(shape));
  }

  private static void await(Feeder feeder) {
    while (!feeder.finished() && feeder.failure().isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<ConsumerRecord<String, String>> read(String topic, int count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }

  @Test
  void recordsCarryKeyTimeAndValueAndTheEndsAreKnown() throws Exception {
    Feed feed = feed("plain", "plain.csv", "k,ts,v\na,1000,1\na,2000,x\nb,,2\n");

    try (Feeder feeder = new Feeder(List.of(feed), client(), Double.POSITIVE_INFINITY)) {
      feeder.start();
      await(feeder);
      assertThat(feeder.failure()).isEmpty();
      assertThat(feeder.progress().get(0).records()).isEqualTo(3);
      assertThat(feeder.progress().get(0).fraction()).isEqualTo(1);
    }

    List<ConsumerRecord<String, String>> records = read("plain", 3);
    assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("a", "a", "b");
    assertThat(records)
        .filteredOn(record -> record.key().equals("a"))
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(1000L, 2000L);
    assertThat(
            new InputTopics(admin).ends(Set.of("plain")).values().stream().mapToLong(e -> e).sum())
        .isEqualTo(3);
  }

  @Test
  void anEmptyFileIsDoneAtOnce() throws Exception {
    Feed feed = feed("empty", "empty.jsonl", "");

    try (Feeder feeder = new Feeder(List.of(feed), client(), 10)) {
      feeder.start();
      await(feeder);
      assertThat(feeder.failure()).isEmpty();
    }

    assertThat(new InputTopics(admin).ends(Set.of("empty")).values()).containsOnly(0L);
  }

  @Test
  void aRecordAboveTheLimitIsNamedByFileAndLine() throws Exception {
    String large = "x".repeat(17 << 20);
    Feed feed = feed("large", "large.jsonl", "{\"k\":1}\n\"" + large + "\"\n");

    try (Feeder feeder = new Feeder(List.of(feed), client(), Double.POSITIVE_INFINITY)) {
      feeder.start();
      await(feeder);
      assertThat(feeder.failure().orElseThrow())
          .matches(failure -> !failure.isKafka())
          .hasMessage(
              "%s:2: a record of %d bytes is more than topic large takes",
              feed.file(), large.getBytes(StandardCharsets.UTF_8).length + 2);
    }
  }

  @Test
  void aRecordThatKafkaDoesNotTakeInTimeIsNamedByFileLineAndBrokers() throws Exception {
    EmbeddedBroker gone = EmbeddedBroker.start(directory.resolve("gone"));
    Feed feed = feed("waited", "waited.jsonl", "{\"k\":1}\n{\"k\":2}\n");
    gone.close();
    Map<String, Object> client =
        Map.of("bootstrap.servers", gone.bootstrap(), "max.block.ms", 500, "retries", 3);

    try (Feeder feeder = new Feeder(List.of(feed), client, Double.POSITIVE_INFINITY)) {
      feeder.start();
      await(feeder);
      FeedException failure = feeder.failure().orElseThrow();
      assertThat(failure)
          .hasMessageStartingWith(
              "%s:1: topic waited did not take the record in time; Kafka is at %s: ",
              feed.file(), gone.bootstrap());
      assertThat(failure.isKafka()).isTrue();
    }
  }

  @Test
  void closingStopsAFeedMidway() throws Exception {
    Feed feed = feed("slow", "slow.jsonl", "{\"k\":1}\n".repeat(1000));

    Feeder feeder = new Feeder(List.of(feed), client(), 1);
    feeder.start();
    while (feeder.progress().get(0).records() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    feeder.close();

    assertThat(feeder.finished()).isFalse();
    assertThat(feeder.failure()).isEmpty();
  }
}
