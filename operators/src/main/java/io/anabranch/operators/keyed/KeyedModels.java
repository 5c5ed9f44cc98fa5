package io.anabranch.operators.keyed;

import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The models of a subtask in Flink's keyed state. A cache asks for other keys than that of the
 * record at hand, so the key context is set for each access and put back after it.
 */
final class KeyedModels implements BackingStore<String, Learner> {
  private final PerKeySpec spec;
  private final LearnerProvider provider;
  private final KeyContext context;
  private final ValueState<byte[]> state;
  private final Counter reads;
  private final Published published;

  /** Is told of each model that is written back. */
  interface Published {
    void model(String key, long version, byte[] bytes);
  }

  KeyedModels(
      PerKeySpec spec,
      LearnerProvider provider,
      KeyContext context,
      ValueState<byte[]> state,
      Counter reads,
      Published published) {
    this.spec = spec;
    this.provider = provider;
    this.context = context;
    this.state = state;
    this.reads = reads;
    this.published = published;
  }

  @Override
  public Optional<Learner> load(String key) {
    return Optional.ofNullable(within(key, state::value)).map(bytes -> read(key, bytes));
  }

  private Learner read(String key, byte[] bytes) {
    reads.inc();
    try {
      return provider.read(bytes, spec.settings());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the model of key '"
              + key
              + "' of learner '"
              + spec.learner()
              + "' cannot be read from state: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void store(String key, Learner model) {
    byte[] bytes = provider.write(model);
    within(
        key,
        () -> {
          state.update(bytes);
          return bytes;
        });
    published.model(key, model.examples(), bytes);
  }

  @Override
  public void remove(String key) {
    within(
        key,
        () -> {
          state.clear();
          return null;
        });
  }

  private byte @Nullable [] within(String key, Access access) {
    Object before = context.getCurrentKey();
    context.setCurrentKey(key);
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException("state of learner '" + spec.learner() + "' is unreachable", e);
    } finally {
      if (before != null) { // no key before the first record
        context.setCurrentKey(before);
      }
    }
  }

  private interface Access {
    byte @Nullable [] run() throws IOException;
  }
}
