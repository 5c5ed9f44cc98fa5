package io.anabranch.operators.keyed;

import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;

/** The models of a subtask in Flink's keyed state. */
final class KeyedModels implements BackingStore<String, KeyedModel> {
  private final PerKeySpec spec;
  private final LearnerProvider provider;
  private final OtherKey states;
  private final ValueState<byte[]> state;
  private final Lives lives;
  private final Counter reads;
  private final Published published;
  private final StateMemory memory;
  private final WrittenSize size = new WrittenSize();

  /** Is told of each model that is written back. */
  interface Published {
    void model(String key, long version, byte[] bytes);
  }

  /** Says what is known of a key besides its model. */
  interface Lives {
    KeyLife of(String key, StoredModel stored);
  }

  /**
   * The models under a state.
   *
   * @param lives what is known of a key besides its model
   */
  KeyedModels(
      PerKeySpec spec,
      LearnerProvider provider,
      OtherKey states,
      ValueState<byte[]> state,
      Lives lives,
      Counter reads,
      Published published,
      StateMemory memory) {
    this.spec = spec;
    this.provider = provider;
    this.states = states;
    this.state = state;
    this.lives = lives;
    this.reads = reads;
    this.published = published;
    this.memory = memory;
  }

  @Override
  public Optional<KeyedModel> load(String key) {
    Optional<KeyedModel> model = find(key);
    if (model.isPresent()) {
      reads.inc();
    }
    return model;
  }

  /** The same, for a look that is not for a record. */
  Optional<KeyedModel> find(String key) {
    return Optional.ofNullable(states.read(key, state::value))
        .map(bytes -> model(key, StoredModel.decode(bytes)));
  }

  private KeyedModel model(String key, StoredModel stored) {
    int bytes = stored.model().length;
    size.add(bytes);
    KeyLife life = lives.of(key, stored);
    boolean entered = life.queued() || !spec.limits().capped();
    KeyedModel model = new KeyedModel(read(key, stored.model()), bytes, life, entered);
    model.seen(stored.seen());
    return model;
  }

  private Learner read(String key, byte[] bytes) {
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
  public void store(String key, KeyedModel model) {
    byte[] bytes = provider.write(model.own());
    model.written(bytes.length);
    size.add(bytes.length);
    byte[] stored = new StoredModel(bytes, model.seen(), model.life().base()).encode();
    states.change(key, () -> state.update(stored));
    published.model(key, model.version(), bytes);
  }

  /** Finds out what a model takes, if nothing is known of any. */
  void measure(KeyedModel model) {
    if (!size.isKnown()) {
      int bytes = provider.write(model.own()).length;
      model.written(bytes);
      size.add(bytes);
    }
  }

  /** What a model takes that was never written, as far as can be guessed. */
  int guessedBytes() {
    return size.guess();
  }

  @Override
  public void remove(String key) {
    states.change(key, state::clear);
  }

  @Override
  public void barrierNear(long nanos) {
    memory.writeOut(size.guess(), nanos);
  }
}
