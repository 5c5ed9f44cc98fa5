package io.anabranch.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

  @TempDir Path directory;

  @Test
  void aRecordOfFiveMegabytesIsThereAfterARestartOnAnotherPort() throws Exception {
    byte[] large = new byte[5 << 20];
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrap(), "max.request.size", 16 << 20),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>("kept", 0, 0L, null, large)).get();
      }
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      assertThat(consumer.poll(Duration.ofMinutes(2)).records(PARTITION))
          .singleElement()
          .satisfies(record -> assertThat(record.value()).hasSize(large.length))
          .satisfies(record -> assertThat(record.timestamp()).isZero());
    }
  }

  @Test
  void aDirectoryInUseAndATakenPortAreRefused() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory))
          .isInstanceOf(BrokerException.class)
          .hasMessage(
              "broker directory %s: in use by another run (process %d)",
              directory, ProcessHandle.current().pid());
      assertThatThrownBy(() -> EmbeddedBroker.start(directory.resolve("other"), broker.port()))
          .isInstanceOf(BrokerException.class)
          .hasMessage("broker port %d: taken by another process", broker.port());
    }
    try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, foreign.getLocalPort()))
          .hasMessage("broker port %d: taken by another process", foreign.getLocalPort());
    }
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> EmbeddedBroker.start(file))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith("broker directory " + file + ": cannot be written: ");
  }
}
