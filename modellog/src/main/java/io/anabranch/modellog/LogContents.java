package io.anabranch.modellog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anabranch.models.format.CorruptModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of each key, as compaction would leave it: of one partition the last, of
 * several (when partitions were added) the one with the latest timestamp. Versions do not decide:
 * after a restart from an older checkpoint they start again below.
 */
final class LogContents {
  private final Map<ModelKey, Entry> entries = new HashMap<>();
  private final List<Refusal> unreadable = new ArrayList<>();

  private sealed interface Content {}

  private record Removed() implements Content {}

  private record Refused(Refusal refusal) implements Content {}

  private record Known(Manifest manifest) implements Content {}

  private record Live(LiveBlock block) implements Content {}

  private record Entry(int partition, long timestamp, Content content) {}

  /** Takes a record in; of each partition in order. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    ModelKey key;
    try {
      key = key(record.key());
    } catch (ModelLogException e) {
      unreadable.add(refusal(record, "key", e));
      return;
    }
    if (key.pin() != ModelKey.LIVE) {
      return;
    }
    Entry before = entries.get(key);
    if (before == null
        || before.partition() == record.partition()
        || before.timestamp() <= record.timestamp()) {
      entries.put(key, new Entry(record.partition(), record.timestamp(), content(key, record)));
    }
  }

  private static ModelKey key(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new ModelLogException("a record of a models topic must have a key, got none");
    }
    return ModelKey.decode(bytes);
  }

  private static Content content(ModelKey key, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return new Removed();
    }
    String what = key instanceof ModelKey.Block block ? block.block() : "manifest";
    try {
      return key instanceof ModelKey.Block
          ? new Live(LiveBlock.verified(what, version(record), record.value()))
          : new Known(manifest(key, record.value()));
    } catch (CorruptModelException | ModelLogException e) {
      return new Refused(refusal(record, what, e));
    }
  }

  private static Manifest manifest(ModelKey key, byte[] value) {
    Manifest manifest = Manifest.decode(value);
    if (!id(key).equals(new ModelLog.Id(manifest.pipeline(), manifest.learner()))) {
      throw new ModelLogException(
          "the manifest must be of learner '%s' of pipeline '%s', as its key says, got '%s' of '%s'"
              .formatted(key.learner(), key.pipeline(), manifest.learner(), manifest.pipeline()));
    }
    return manifest;
  }

  private static long version(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(ModelLogWriter.VERSION_HEADER);
    String text = header == null ? "" : new String(header.value(), UTF_8);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ModelLogException(
          "the header %s must be an integer, got '%s'"
              .formatted(ModelLogWriter.VERSION_HEADER, text),
          e);
    }
  }

  private static Refusal refusal(
      ConsumerRecord<byte[], byte[]> record, String what, RuntimeException reason) {
    return new Refusal(
        record.partition(), record.offset(), what, String.valueOf(reason.getMessage()));
  }

  private static ModelLog.Id id(ModelKey key) {
    return new ModelLog.Id(key.pipeline(), key.learner());
  }

  /** What there is, by learner. */
  ModelLog log() {
    SortedMap<ModelLog.Id, Parts> parts = new TreeMap<>();
    entries.forEach(
        (key, entry) -> {
          if (!(entry.content() instanceof Removed)) {
            parts.computeIfAbsent(id(key), id -> new Parts()).add(entry.content());
          }
        });
    SortedMap<ModelLog.Id, LearnerLog> learners = new TreeMap<>();
    parts.forEach((id, part) -> learners.put(id, part.log()));
    return new ModelLog(Collections.unmodifiableSortedMap(learners), List.copyOf(unreadable));
  }

  private static final class Parts {
    private @Nullable Manifest manifest;
    private final SortedMap<String, LiveBlock> blocks = new TreeMap<>();
    private final List<Refusal> refusals = new ArrayList<>();

    void add(Content content) {
      if (content instanceof Known known) {
        manifest = known.manifest();
      } else if (content instanceof Live live) {
        blocks.put(live.block().name(), live.block());
      } else if (content instanceof Refused refused) {
        refusals.add(refused.refusal());
      }
    }

    LearnerLog log() {
      refusals.sort(Comparator.comparingInt(Refusal::partition).thenComparingLong(Refusal::offset));
      return new LearnerLog(manifest, blocks, refusals);
    }
  }
}
