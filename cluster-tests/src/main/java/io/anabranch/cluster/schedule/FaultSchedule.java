package io.anabranch.cluster.schedule;

import io.anabranch.cluster.schedule.Fault.Kind;
import io.anabranch.cluster.schedule.Fault.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A schedule of faults: a pure function of seed and number.
 *
 * <p>Each round of twelve faults has, in random order, {@link #KILLS} and {@link #PAUSES}, and a
 * fixed share of moments, so that a short schedule has all that matters as well. A fault right
 * after a restore follows one that makes the job restart.
 */
public final class FaultSchedule {
  /** What kills in a round of twelve. */
  static final List<Kind> KILLS =
      List.of(
          Kind.KILL_TASK_MANAGER,
          Kind.KILL_TASK_MANAGER,
          Kind.KILL_TASK_MANAGER,
          Kind.KILL_TASK_MANAGER,
          Kind.KILL_LEADING_JOB_MANAGER,
          Kind.KILL_LEADING_JOB_MANAGER,
          Kind.KILL_BROKER,
          Kind.KILL_BROKER);

  /** What pauses in a round of twelve. */
  static final List<Kind> PAUSES =
      List.of(
          Kind.PAUSE_TASK_MANAGER,
          Kind.PAUSE_TASK_MANAGER,
          Kind.PAUSE_LEADING_JOB_MANAGER,
          Kind.PAUSE_BROKER);

  private static final int DURING_CHECKPOINT_PER_ROUND = 4;
  private static final int AFTER_RESTORE_PER_ROUND = 2;
  private static final int VICTIMS = 6;
  private static final int WAKES_LATE = 3;

  private FaultSchedule() {}

  /** The schedule of a seed: {@code count} faults. */
  public static List<Fault> of(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    while (faults.size() < count) {
      round(random, faults);
    }
    return List.copyOf(faults.subList(0, count));
  }

  private static void round(SplittableRandom random, List<Fault> faults) {
    List<Kind> kinds = new ArrayList<>(KILLS);
    kinds.addAll(PAUSES);
    shuffle(kinds, random);
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      moments.add(i < DURING_CHECKPOINT_PER_ROUND ? Moment.DURING_CHECKPOINT : Moment.ANY_TIME);
    }
    shuffle(moments, random);
    List<Integer> restores = new ArrayList<>();
    for (int i = 1; i < kinds.size(); i++) {
      if (kinds.get(i - 1).restartsJob() && kinds.get(i).restartsJob()) {
        restores.add(i);
      }
    }
    shuffle(restores, random);
    restores.stream()
        .limit(AFTER_RESTORE_PER_ROUND)
        .forEach(i -> moments.set(i, Moment.AFTER_RESTORE));
    for (int i = 0; i < kinds.size(); i++) {
      faults.add(fault(random, faults.size() + 1, kinds.get(i), moments.get(i)));
    }
  }

  private static Fault fault(SplittableRandom random, int number, Kind kind, Moment moment) {
    // Heartbeats time out after 5 s: a pause is always longer than that.
    int outage = kind.pauses() ? random.nextInt(6_000, 9_000) : random.nextInt(3_000);
    if (kind == Kind.PAUSE_TASK_MANAGER) {
      outage *= WAKES_LATE; // when its work has long gone on elsewhere: what it sends then is old
    }
    return new Fault(
        number,
        kind,
        random.nextInt(VICTIMS),
        moment,
        Duration.ofMillis(random.nextInt(500, 3_000)),
        Duration.ofMillis(outage));
  }

  private static void shuffle(List<?> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
