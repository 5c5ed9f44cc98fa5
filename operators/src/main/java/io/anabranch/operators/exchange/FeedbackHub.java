package io.anabranch.operators.exchange;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Where a receiver and a trainer in one JVM find each other. A channel exists while one of its
 * sides does, whichever opens first.
 */
public final class FeedbackHub {
  private static final ConcurrentHashMap<Address, Entry> ENTRIES = new ConcurrentHashMap<>();

  private FeedbackHub() {}

  /**
   * Which trainer of which run.
   *
   * @param job the job's id
   * @param learner the learner's id
   * @param subtask the index of trainer and receiver
   * @param epoch this run of the job: nothing from before a restart gets through
   */
  public record Address(String job, String learner, int subtask, long epoch) {}

  /** Opens one side of the channel. */
  public static FeedbackChannel open(Address address) {
    Entry entry =
        ENTRIES.compute(
            address,
            (ignored, present) -> {
              Entry opened = present == null ? new Entry() : present;
              opened.sides++;
              return opened;
            });
    return new Side(address, entry.mailbox);
  }

  /** How many channels have an open side in this JVM. */
  public static int channels() {
    return ENTRIES.size();
  }

  private static final class Entry {
    final ConflatingMailbox mailbox = new ConflatingMailbox();
    int sides; // guarded by the map's compute
  }

  private record Side(Address address, ConflatingMailbox mailbox, AtomicBoolean open)
      implements FeedbackChannel {

    Side(Address address, ConflatingMailbox mailbox) {
      this(address, mailbox, new AtomicBoolean(true));
    }

    @Override
    public void put(WeightsMessage message) {
      mailbox.put(message);
    }

    @Override
    public void listen(Runnable wake) {
      mailbox.listen(wake);
    }

    @Override
    public void takeUp(Consumer<WeightsMessage> trainer) {
      mailbox.takeUp(trainer);
    }

    @Override
    public void await(long millis) throws InterruptedException {
      mailbox.await(millis);
    }

    @Override
    public long conflated() {
      return mailbox.conflated();
    }

    @Override
    public void close() {
      if (!open.compareAndSet(true, false)) {
        return;
      }
      mailbox.close();
      ENTRIES.computeIfPresent(
          address,
          (ignored, present) -> {
            present.sides--;
            return present.sides == 0 ? null : present;
          });
    }
  }
}
