package io.anabranch.cluster;

import io.anabranch.cluster.schedule.Fault;
import java.util.Locale;

/**
 * What came of a fault.
 *
 * @param victim the process
 * @param duringCheckpoint whether a checkpoint was under way
 * @param restored the checkpoint that the job, or the first that had to, was restored from; 0 when
 *     it did not restart
 * @param again whether it was restored from the same one before
 * @param firstSeconds until the first new prediction; NaN when the next fault came before
 * @param allSeconds until every learner predicted something new of every partition; or NaN
 */
record Outcome(
    Fault fault,
    String victim,
    boolean duringCheckpoint,
    long restored,
    boolean again,
    double firstSeconds,
    double allSeconds) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(victim);
    text.append(duringCheckpoint ? ", during a checkpoint" : "");
    text.append(restored > 0 ? "; restored from checkpoint " + restored : "; no restart");
    text.append(again ? " again" : "");
    text.append(
        Double.isNaN(firstSeconds)
            ? "; the next fault came before all had recovered"
            : String.format(
                Locale.ROOT,
                "; first new prediction after %.1f s, of every partition after %.1f s",
                firstSeconds,
                allSeconds));
    return text.toString();
  }
}
