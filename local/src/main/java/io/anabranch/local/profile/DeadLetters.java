package io.anabranch.local.profile;

/**
 * Records that cannot be used, for one reason.
 *
 * @param count how many
 * @param line the first one's line in the file
 * @param message what was wrong with the first one, as its dead letter would say
 */
public record DeadLetters(long count, long line, String message) {

  DeadLetters another() {
    return new DeadLetters(count + 1, line, message);
  }

  /** Tells reasons apart: the message without the value found. */
  static String reason(String message) {
    int got = message.indexOf(", got ");
    return got < 0 ? message : message.substring(0, got);
  }
}
