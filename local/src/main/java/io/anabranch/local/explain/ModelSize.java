package io.anabranch.local.explain;

/**
 * How large the models of a learner become, measured in state bytes.
 *
 * @param models how many there are; 1 unless they are per key
 * @param capped whether the sample has more keys than were looked at
 * @param meanBytes of one model, as it is written to state
 * @param mostBytes of the largest
 */
public record ModelSize(int models, boolean capped, long meanBytes, long mostBytes) {}
