package io.anabranch.cluster.schedule;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing done to the cluster.
 *
 * @param number from 1 on
 * @param kind what is done
 * @param victim which of the processes in question, counted round; says nothing when there is one
 * @param moment when it is done
 * @param lull how long learning goes on undisturbed before it; of no meaning right after a restore
 * @param outage how long the process is paused, or stays away until it is started again
 */
public record Fault(
    int number, Kind kind, int victim, Moment moment, Duration lull, Duration outage) {

  /** What is done. */
  public enum Kind {
    KILL_TASK_MANAGER,
    KILL_LEADING_JOB_MANAGER,
    KILL_BROKER,
    PAUSE_TASK_MANAGER,
    PAUSE_LEADING_JOB_MANAGER,
    PAUSE_BROKER;

    /** Whether the process goes on afterwards. */
    public boolean pauses() {
      return this == PAUSE_TASK_MANAGER
          || this == PAUSE_LEADING_JOB_MANAGER
          || this == PAUSE_BROKER;
    }

    /** Whether the job can't but restart; a broker's absence may be waited out. */
    public boolean restartsJob() {
      return this != KILL_BROKER && this != PAUSE_BROKER;
    }
  }

  /** When it is done. */
  public enum Moment {
    /** Between checkpoints or in one, as it happens. */
    ANY_TIME,
    /** As soon as a checkpoint has been triggered. */
    DURING_CHECKPOINT,
    /** When the job was restored and has learned again, but before its next checkpoint. */
    AFTER_RESTORE
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%3d %-25s %-17s victim %d, lull %.1f s, outage %.1f s",
        number,
        words(kind),
        words(moment),
        victim,
        lull.toMillis() / 1e3,
        outage.toMillis() / 1e3);
  }

  private static String words(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
