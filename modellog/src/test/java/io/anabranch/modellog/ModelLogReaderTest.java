package io.anabranch.modellog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.anabranch.models.format.BlockState;
import io.anabranch.models.format.ModelFrame;
import io.anabranch.models.format.ModelWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ModelLogReaderTest {
  private static final String TOPIC = "p.models";
  private static final String TYPE = "logistic-regression";
  private static final ModelLogWriter WRITER = new ModelLogWriter(TOPIC, "p");
  private static final Duration PATIENCE = Duration.ofMillis(1);

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  @Test
  void usageExample() {
    byte[] block = block(3, 17, 0.5f);
    write(0, WRITER.block("lr", "3-17", 6, block));
    Manifest manifest = manifest("lr", 7, Map.of("3-17", ModelFrame.checksumIn(block)));
    write(0, WRITER.manifest(manifest));

    LearnerLog log = read().learner("p", "lr").orElseThrow();

    assertThat(log.manifest()).contains(manifest);
    LiveBlock live = log.blocks().get("3-17");
    assertThat(live.version()).isEqualTo(6);
    assertThat(live.learnerType()).isEqualTo(TYPE);
    assertThat(live.checksum()).isEqualTo(manifest.blocks().get("3-17"));
    assertThat(BlockState.decode(live.payload(), TYPE).values()[0]).isEqualTo(0.5f);
    assertThat(log.missing()).isEmpty();
    assertThat(log.refusals()).isEmpty();
  }

  @Test
  void theLastOfAKeyIsTheNewestWhateverItsVersion() {
    write(0, WRITER.block("lr", "3-17", 9, block(3, 17, 1)));
    write(0, WRITER.block("lr", "3-17", 5, block(3, 17, 2)));
    write(0, WRITER.manifest(manifest("lr", 9, Map.of())));
    write(0, WRITER.manifest(manifest("lr", 10, Map.of())));
    LearnerLog log = read().learner("p", "lr").orElseThrow();
    assertThat(log.blocks().get("3-17").version()).isEqualTo(5);
    assertThat(log.manifest().map(Manifest::version)).contains(10L);
  }

  @Test
  void betweenPartitionsTheLaterTimestampIsTheNewer() {
    write(1, 2_000, WRITER.block("lr", "3-17", 2, block(3, 17, 1)));
    write(0, 1_000, WRITER.block("lr", "3-17", 1, block(3, 17, 2)));
    assertThat(read().learner("p", "lr").orElseThrow().blocks().get("3-17").version()).isEqualTo(2);
  }

  @Test
  void perKeyModelsAreBlocksOfTheirKeys() {
    byte[] model = new ModelWriter("majority-class", 1).finish();
    write(0, WRITER.block("mc", "key:Zürich", 12, model));
    LiveBlock live = read().learner("p", "mc").orElseThrow().blocks().get("key:Zürich");
    assertThat(live.learnerType()).isEqualTo("majority-class");
    assertThat(live.payload()).isEqualTo(model);
  }

  @Test
  void learnersAreToldApart() {
    write(0, WRITER.block("lr", "3-17", 1, block(3, 17, 1)));
    write(0, new ModelLogWriter(TOPIC, "q").block("lr", "3-17", 2, block(3, 17, 1)));
    ModelLog log = read();
    assertThat(log.learners().keySet())
        .containsExactly(new ModelLog.Id("p", "lr"), new ModelLog.Id("q", "lr"));
    assertThat(log.learner("p", "other")).isEqualTo(Optional.empty());
  }

  @Test
  void aTombstoneRemovesItsKey() {
    ProducerRecord<byte[], byte[]> block = WRITER.block("lr", "3-17", 1, block(3, 17, 1));
    write(0, block);
    write(0, new ProducerRecord<>(TOPIC, block.key(), null));
    assertThat(read().learners()).isEmpty();
  }

  @Test
  void pinnedVersionsAreNotLive() {
    ModelKey pinned = new ModelKey.Block("p", "lr", "3-17", 4);
    write(0, new ProducerRecord<>(TOPIC, pinned.encode(), block(3, 17, 1)));
    assertThat(read()).isEqualTo(new ModelLog(new TreeMap<>(), List.of()));
  }

  @Test
  void aCorruptBlockIsRefusedWithItsReason() {
    byte[] block = block(3, 17, 1);
    int checksum = ModelFrame.checksumIn(block);
    block[block.length - 1] ^= 1;
    write(0, WRITER.block("lr", "3-17", 1, block(3, 17, 2)));
    write(0, WRITER.block("lr", "3-17", 2, block));
    write(0, WRITER.manifest(manifest("lr", 7, Map.of("3-17", checksum))));
    LearnerLog log = read().learner("p", "lr").orElseThrow();
    assertThat(log.blocks()).as("nor is an older one taken instead").isEmpty();
    assertThat(log.missing()).containsExactly("3-17");
    assertThat(log.refusals())
        .containsExactly(
            new Refusal(
                0,
                1,
                "3-17",
                "the checksum must be 0x%08x, got 0x%08x: the model is damaged"
                    .formatted(checksum, checksum ^ 1)));
  }

  @Test
  void aRefusedBlockThatIsReplacedIsForgotten() {
    write(0, WRITER.block("lr", "3-17", 1, new byte[30]));
    write(0, WRITER.block("lr", "3-17", 2, block(3, 17, 1)));
    LearnerLog log = read().learner("p", "lr").orElseThrow();
    assertThat(log.refusals()).isEmpty();
    assertThat(log.blocks()).containsOnlyKeys("3-17");
  }

  @Test
  void aBlockUnderAnothersKeyIsRefused() {
    write(0, WRITER.block("lr", "3-18", 1, block(3, 17, 1)));
    assertThat(read().learner("p", "lr").orElseThrow().refusals())
        .extracting(Refusal::reason)
        .containsExactly("the block must be '3-18', as its key says, got '3-17'");
  }

  @Test
  void aManifestUnderAnothersKeyIsRefused() {
    ModelKey key = new ModelKey.Manifest("p", "other", ModelKey.LIVE);
    write(0, new ProducerRecord<>(TOPIC, key.encode(), manifest("lr", 1, Map.of()).encode()));
    assertThat(read().learner("p", "other").orElseThrow().refusals())
        .extracting(Refusal::what, Refusal::reason)
        .containsExactly(
            tuple(
                "manifest",
                "the manifest must be of learner 'other' of pipeline 'p', as its key says, got 'lr' of 'p'"));
  }

  @Test
  void aBlockWithoutItsVersionIsRefused() {
    ModelKey key = new ModelKey.Block("p", "lr", "3-17", ModelKey.LIVE);
    write(0, new ProducerRecord<>(TOPIC, key.encode(), block(3, 17, 1)));
    assertThat(read().learner("p", "lr").orElseThrow().refusals())
        .extracting(Refusal::reason)
        .containsExactly("the header anabranch.version must be an integer, got ''");
  }

  @Test
  void recordsWithoutAReadableKeyAreRefused() {
    write(0, new ProducerRecord<>(TOPIC, null, new byte[1]));
    write(0, new ProducerRecord<>(TOPIC, "[]".getBytes(UTF_8), new byte[1]));
    assertThat(read().refusals())
        .containsExactly(
            new Refusal(0, 0, "key", "a record of a models topic must have a key, got none"),
            new Refusal(
                0, 1, "key", "a key of a models topic must be a JSON object, got START_ARRAY"));
  }

  @Test
  void anEmptyTopicIsRead() {
    assertThat(read().learners()).isEmpty();
  }

  @Test
  void aMissingTopicIsAnError() {
    try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST)) {
      assertThatThrownBy(() -> ModelLogReader.read(TOPIC, consumer, PATIENCE))
          .isInstanceOf(ModelLogException.class)
          .hasMessage("models topic 'p.models' must exist, got none of that name");
    }
  }

  @Test
  void aTopicThatDoesNotGoOnIsAnError() {
    write(0, WRITER.manifest(manifest("lr", 1, Map.of())));
    try (MockConsumer<byte[], byte[]> consumer = consumer(1)) {
      assertThatThrownBy(() -> ModelLogReader.read(TOPIC, consumer, PATIENCE))
          .isInstanceOf(ModelLogException.class)
          .hasMessage(
              "models topic 'p.models' must be readable to its end, got nothing for PT0.001S"
                  + " at {p.models-0=1} of {p.models-0=2}");
    }
  }

  private ModelLog read() {
    try (MockConsumer<byte[], byte[]> consumer = consumer(0)) {
      return ModelLogReader.read(TOPIC, consumer, PATIENCE);
    }
  }

  /** A consumer that has what was written, of a topic that has {@code unread} more. */
  private MockConsumer<byte[], byte[]> consumer(int unread) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    int partitions = 1 + records.stream().mapToInt(ConsumerRecord::partition).max().orElse(0);
    List<PartitionInfo> infos = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      TopicPartition id = new TopicPartition(TOPIC, partition);
      infos.add(new PartitionInfo(TOPIC, partition, Node.noNode(), new Node[0], new Node[0]));
      consumer.updateBeginningOffsets(Map.of(id, 0L));
      consumer.updateEndOffsets(Map.of(id, offset(partition) + unread));
    }
    consumer.updatePartitions(TOPIC, infos);
    consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    return consumer;
  }

  private long offset(int partition) {
    return records.stream().filter(record -> record.partition() == partition).count();
  }

  private void write(int partition, ProducerRecord<byte[], byte[]> record) {
    write(partition, 1_000, record);
  }

  private void write(int partition, long timestamp, ProducerRecord<byte[], byte[]> record) {
    records.add(
        new ConsumerRecord<>(
            TOPIC,
            partition,
            offset(partition),
            timestamp,
            TimestampType.CREATE_TIME,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            record.key(),
            record.value(),
            new RecordHeaders(record.headers()),
            Optional.empty()));
  }

  private static Manifest manifest(String learner, long version, Map<String, Integer> blocks) {
    return Manifest.of("p", learner, TYPE, version, 1, 100, Map.of(), "hash", blocks);
  }

  private static byte[] block(int shard, int block, float value) {
    float[] values = new float[BlockState.COORDINATES];
    values[0] = value;
    return new BlockState(shard, block, 1, 1, values, 0, new int[0], new double[0]).encode(TYPE);
  }
}
