package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.AdditiveLearner;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.WeightsMessage;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one helper knows of a split key: the model as it last came, and on top of it what the helper
 * learned that this does not include. It is a cache: all that it learned is shipped. Memory: the
 * model, and one delta for each that is on its way.
 *
 * <p>A helper does not see what others learned of late, which matters as long as that is much of
 * what there is to know. So a key is helped with when its model grew by less than a quarter between
 * two questions for it.
 */
final class KeyReplica implements Learner {
  /** A delta is shipped when it is such a part of what all helpers together have. */
  private static final long SHARES = 100;

  private static final long UNANSWERED = -1;
  private static final long NOT_ASKED = Long.MAX_VALUE;
  private static final double CALM_GROWTH = 1.25;

  private final LearnerProvider provider;
  private final LearnerSettings settings;
  private final int helper;
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private AdditiveLearner pending;
  private @Nullable AdditiveLearner view;
  private long base;
  private boolean ready;
  private long asked = NOT_ASKED;
  private int bytes;
  private long before = UNANSWERED;

  private record Sent(long sequence, AdditiveLearner delta) {}

  /** A replica that knows nothing yet. */
  KeyReplica(LearnerProvider provider, LearnerSettings settings, int helper) {
    this.provider = provider;
    this.settings = settings;
    this.helper = helper;
    pending = empty();
  }

  private AdditiveLearner empty() {
    return (AdditiveLearner) provider.create(settings);
  }

  /** Notes that the model is asked for, a while after it was last. */
  void asked(long sequence) {
    asked = sequence;
  }

  /** Whether an answer is under way; nothing is lost, so one comes. */
  boolean isAsked() {
    return asked != NOT_ASKED;
  }

  /** Whether the key can be helped with. */
  boolean ready() {
    return ready;
  }

  private AdditiveLearner view() {
    if (view == null) {
      throw new IllegalStateException("a helper must have a key's model to learn");
    }
    return view;
  }

  /** When {@link #ready}: how many examples the model here has learned from. */
  @Override
  public long examples() {
    return view().examples();
  }

  /** When {@link #ready}: about how many updates of the key's model predict here. */
  long version() {
    return base + examples();
  }

  @Override
  public void predict(Example example, Prediction into) {
    view().predict(example, into);
  }

  @Override
  public void learn(Example example) {
    view().learn(example);
    pending.learn(example);
  }

  /** Whether so much was learned that the others should know. */
  boolean isDue(int helpers) {
    return pending.examples() * SHARES * helpers >= examples();
  }

  /** What was learned since this was asked last, for shipping; empty when that is nothing. */
  Optional<KeyDelta> take(long epoch, String key, long sequence) {
    if (pending.examples() == 0) {
      return Optional.empty();
    }
    sent.addLast(new Sent(sequence, pending));
    KeyDelta delta =
        new KeyDelta(epoch, key, helper, sequence, pending.examples(), provider.write(pending));
    pending = empty();
    return Optional.of(delta);
  }

  /** Takes over a newer model, and adds what it does not include. */
  void overwrite(WeightsMessage.KeyTruth truth) {
    AdditiveLearner model = (AdditiveLearner) provider.read(truth.model(), settings);
    long included = truth.acknowledged(helper);
    while (!sent.isEmpty() && sent.getFirst().sequence() <= included) {
      sent.removeFirst();
    }
    sent.forEach(own -> model.add(own.delta()));
    model.add(pending);
    view = model;
    bytes = truth.model().length;
    base = truth.base();
    if (!ready && included >= asked) {
      ready = before != UNANSWERED && model.examples() <= before * CALM_GROWTH;
      before = model.examples();
      asked = NOT_ASKED;
    }
  }

  /** How many bytes the model had as it last came; 0 before. */
  int bytes() {
    return bytes;
  }

  /** How many deltas are not known to have arrived. */
  int unacknowledged() {
    return sent.size();
  }
}
