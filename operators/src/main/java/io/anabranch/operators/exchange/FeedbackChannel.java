package io.anabranch.operators.exchange;

import java.util.function.Consumer;

/**
 * The backward edge: brings weights to one trainer. Whatever implements it may lose nothing that is
 * newest and may keep nothing that is older.
 */
public interface FeedbackChannel extends AutoCloseable {

  /** Brings a message, from any thread. Never blocks. */
  void put(WeightsMessage message);

  /**
   * Sets what is run, on the thread that brings a message, when there is something to take up and
   * the listener was not woken since it last took up.
   */
  void listen(Runnable wake);

  /** Hands over all messages, markers after what they vouch for. On the trainer's thread. */
  void takeUp(Consumer<WeightsMessage> trainer);

  /**
   * Waits until there is something to take up.
   *
   * @param millis how long at most
   */
  void await(long millis) throws InterruptedException;

  /** How many messages became one with the next, because the trainer was slower. Any thread. */
  long conflated();

  /** Ends this side's part; nothing is brought or taken up after both sides ended. */
  @Override
  void close();
}
