package io.anabranch.modellog;

/**
 * A record that can't be used.
 *
 * @param partition where it stands
 * @param offset where it stands
 * @param what it is: a block's name, {@code manifest}, or {@code key} when not even that is known
 * @param reason what is wrong with it
 */
public record Refusal(int partition, long offset, String what, String reason) {}
