package io.anabranch.modellog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ModelLogWriterTest {
  private static final ModelLogWriter WRITER = new ModelLogWriter("p.models", "p");

  @Test
  void aBlockGoesOutUnderItsKeyWithItsVersion() {
    byte[] payload = {1, 2};
    ProducerRecord<byte[], byte[]> record = WRITER.block("lr", "3-17", 42, payload);
    assertThat(record.topic()).isEqualTo("p.models");
    assertThat(record.partition()).as("left to the partitioner").isNull();
    assertThat(ModelKey.decode(record.key()))
        .isEqualTo(new ModelKey.Block("p", "lr", "3-17", ModelKey.LIVE));
    assertThat(record.value()).isSameAs(payload);
    assertThat(version(record)).isEqualTo("42");
  }

  @Test
  void aForgottenBlockIsATombstoneUnderItsKey() {
    ProducerRecord<byte[], byte[]> record = WRITER.forgotten("lr", "key:AA", 42);
    assertThat(ModelKey.decode(record.key()))
        .isEqualTo(new ModelKey.Block("p", "lr", "key:AA", ModelKey.LIVE));
    assertThat(record.value()).isNull();
    assertThat(version(record)).isEqualTo("42");
  }

  @Test
  void aManifestGoesOutUnderTheKeyOfTheNewest() {
    Manifest manifest = manifest("p");
    ProducerRecord<byte[], byte[]> record = WRITER.manifest(manifest);
    assertThat(ModelKey.decode(record.key()))
        .isEqualTo(new ModelKey.Manifest("p", "lr", ModelKey.LIVE));
    assertThat(Manifest.decode(record.value())).isEqualTo(manifest);
    assertThat(version(record)).isEqualTo("7");
  }

  @Test
  void anotherPipelinesManifestIsRefused() {
    assertThatThrownBy(() -> WRITER.manifest(manifest("q")))
        .hasMessage("a manifest must be of pipeline 'p', got 'q'");
  }

  private static Manifest manifest(String pipeline) {
    return Manifest.of(pipeline, "lr", "logistic-regression", 7, 1, 5, Map.of(), "hash", Map.of());
  }

  private static String version(ProducerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader(ModelLogWriter.VERSION_HEADER).value(), UTF_8);
  }
}
