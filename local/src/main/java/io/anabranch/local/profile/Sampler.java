package io.anabranch.local.profile;

import io.anabranch.job.decode.FieldObserver;
import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.decode.RecordException;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.local.feed.FedRecord;
import io.anabranch.local.feed.Feed;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.RecordReader;
import io.anabranch.local.feed.TopicShape;
import io.anabranch.models.data.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the first records of a file as a pipeline would.
 *
 * <pre>{@code
 * PipelineSample profile = Sampler.profile(pipeline, Path.of("data.csv.gz"), 100_000, example -> {});
 * }</pre>
 */
public final class Sampler {
  /** A field of more names than this is a map in disguise; the rest is not profiled. */
  private static final int MOST_FIELDS = 1000;

  private final Pipeline pipeline;
  private final Map<String, SampledField> fields = new LinkedHashMap<>();
  private final Map<String, DeadLetters> deadLetters = new LinkedHashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private final TargetProfile target;
  private final ExampleConsumer consumer;
  private long records;
  private long decoded;

  private record Seen(SampledField field, FieldObserver.Kind kind, String text) {}

  /** Is given each decoded example; it is a buffer, used again for the next one. */
  public interface ExampleConsumer {
    /**
     * Takes an example.
     *
     * @param extraKeys the record's keys by {@link LearnerKey#otherFields}, in that order
     */
    void accept(Example example, List<String> extraKeys);
  }

  private Sampler(Pipeline pipeline, ExampleConsumer consumer) {
    this.pipeline = pipeline;
    this.consumer = consumer;
    this.target = new TargetProfile(pipeline.target().target().type());
  }

  /**
   * Reads at most {@code limit} records.
   *
   * @throws FeedException when the file cannot be read; what is wrong with single records is no
   *     failure
   */
  public static PipelineSample profile(
      Pipeline pipeline, Path file, long limit, ExampleConsumer consumer) throws FeedException {
    Feed feed = Feed.of(file, TopicShape.of(pipeline.input()));
    Sampler sampler = new Sampler(pipeline, consumer);
    try (RecordReader reader = feed.records()) {
      return sampler.read(reader, limit);
    } catch (IOException e) {
      throw feed.unreadable(e, sampler.records);
    }
  }

  private PipelineSample read(RecordReader reader, long limit) throws IOException, FeedException {
    List<String> keyFields = LearnerKey.otherFields(pipeline);
    RecordDecoder decoder = RecordDecoders.observed(pipeline, keyFields, this::observe);
    Example example = new Example();
    Optional<FedRecord> next = reader.next();
    while (next.isPresent() && records < limit) {
      decode(decoder, next.get(), example, keyFields.size());
      next = reader.next();
    }
    List<DeadLetters> commonestFirst = new ArrayList<>(deadLetters.values());
    commonestFirst.sort(Comparator.comparingLong(DeadLetters::count).reversed());
    return new PipelineSample(
        records, next.isEmpty(), decoded, commonestFirst, List.copyOf(fields.values()), target);
  }

  private void decode(RecordDecoder decoder, FedRecord fed, Example example, int keyFields) {
    seen.clear();
    long offset = records++;
    try {
      fed.decode(decoder, pipeline.input().topic(), offset, example);
    } catch (RecordException e) {
      String message = String.valueOf(e.getMessage());
      deadLetters.merge(
          DeadLetters.reason(message),
          new DeadLetters(1, fed.line(), message),
          (first, another) -> first.another());
      return;
    }
    decoded++;
    Label label = Label.of(target.type(), example);
    seen.forEach(value -> value.field().add(value.kind(), value.text(), label));
    target.add(example.key(), label);
    List<String> extraKeys = new ArrayList<>();
    for (int i = 0; i < keyFields; i++) {
      extraKeys.add(decoder.extraKey(i));
    }
    consumer.accept(example, extraKeys);
  }

  private void observe(String name, FieldObserver.Kind kind, String text) {
    SampledField field = fields.get(name);
    if (field == null) {
      if (fields.size() == MOST_FIELDS) {
        return;
      }
      field = new SampledField(name);
      fields.put(name, field);
    }
    seen.add(new Seen(field, kind, text));
  }
}
