package io.anabranch.operators.embed;

import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.Hyperparameter;
import io.anabranch.models.learner.Hyperparameter.Kind;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.exchange.ExchangeCoding;
import io.anabranch.operators.keyed.KeyLimits;
import io.anabranch.operators.keyed.PerKeySpec;
import java.io.Serializable;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Checks, before anything travels, that a learner can do what is asked of it. */
final class LearnerChoice {
  private static final int MOST_PARALLEL = 128;

  private LearnerChoice() {}

  /** What was set of what must be. */
  static <V> V given(String what, @Nullable V value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " must be given: ." + what + "(…)");
    }
    return value;
  }

  /** The parallelism of the job, if a learner can have it. */
  static int parallelism(StreamExecutionEnvironment environment) {
    int parallelism = environment.getParallelism();
    if (parallelism < 1 || parallelism > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          "the parallelism of the environment must be between 1 and "
              + MOST_PARALLEL
              + ", got "
              + parallelism);
    }
    return parallelism;
  }

  static void require(String name, LearnerProvider provider, Target target, Placement placement) {
    if (!provider.about().targets().contains(target.type())) {
      throw refuse(
          name,
          "the label of a "
              + provider.type()
              + " must be one of "
              + provider.about().targets()
              + ", got "
              + target.type());
    }
    if (!provider.about().placements().contains(placement)) {
      throw refuse(
          name,
          "the placement of a "
              + provider.type()
              + " must be one of "
              + provider.about().placements()
              + ", got "
              + placement);
    }
    if (placement == Placement.ENSEMBLE) {
      throw refuse(
          name,
          "the placement must be SHARED or PER_KEY in a job of one's own, got ENSEMBLE;"
              + " PER_KEY without a key learns the same, in one subtask");
    }
  }

  static void require(String name, LearnerProvider provider, Map<String, Serializable> hyper) {
    hyper.forEach(
        (key, value) -> {
          Hyperparameter rule =
              provider.hyperparameters().stream()
                  .filter(known -> known.name().equals(key))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          refuse(
                              name,
                              "hyper must be one of "
                                  + String.join(
                                      ", ",
                                      provider.hyperparameters().stream()
                                          .map(Hyperparameter::name)
                                          .toList())
                                  + ", got '"
                                  + key
                                  + "'"));
          if (!admits(rule, value)) {
            throw refuse(name, "hyper." + key + " " + rule.rule() + ", got " + value);
          }
        });
  }

  static void require(String name, DriftDetection drift, Target target) {
    drift
        .refusal(target.type())
        .ifPresent(
            reason -> {
              throw refuse(name, "drift " + reason);
            });
  }

  /** Refuses what is said of the models of keys where there are none. */
  static void requireKeys(String name, Placement placement, KeyLimits limits, long heapBytes) {
    if (placement == Placement.PER_KEY) {
      return;
    }
    String wrong = limits.capped() ? "entries" : heapBytes == PerKeySpec.HEAP_SHARE ? "" : "heap";
    if (!wrong.isEmpty()) {
      throw refuse(name, wrong + " must be used with placement PER_KEY, got " + placement);
    }
  }

  /** Refuses to leave out what must be exact, or where nothing is exchanged. */
  static void requireCoding(
      String name,
      LearnerProvider provider,
      LearnerSettings settings,
      Placement placement,
      ExchangeCoding coding) {
    if (coding.equals(ExchangeCoding.EXACT)) {
      return;
    }
    if (placement != Placement.SHARED) {
      throw refuse(name, "leaveOut must be used with placement SHARED, got " + placement);
    }
    if (provider.mergeRule(settings).flatMap(MergeRule::leastPrecision).isEmpty()) {
      throw refuse(
          name, "leaveOut must be of a type whose sums need not be exact, got " + provider.type());
    }
  }

  /** Refuses what is said of the coordinates of a shared model where they are not told apart. */
  static void requireCoordinates(
      String name, LearnerProvider provider, Placement placement, int admit, KeyLimits limits) {
    boolean admits = admit > CoordinateLimits.NONE.count();
    if (placement != Placement.SHARED) {
      if (admits) {
        throw refuse(name, "admit must be used with placement SHARED, got " + placement);
      }
      return;
    }
    if ((admits || limits.expires()) && !provider.knowsByCoordinate()) {
      throw refuse(
          name,
          (admits ? "admit" : "expire")
              + " must be of a type that keeps what it knows of a feature by itself, got "
              + provider.type());
    }
  }

  /** Refuses a model to begin with that the cluster would refuse; an empty one is none. */
  static void requireStart(
      String name,
      LearnerProvider provider,
      byte[] start,
      LearnerSettings settings,
      Placement placement) {
    if (start.length == 0) {
      return;
    }
    if (placement != Placement.SHARED) {
      throw refuse(name, "startFrom must be used with placement SHARED, got " + placement);
    }
    if (provider.delta(provider.read(start, settings)).isEmpty()) {
      throw refuse(
          name, "startFrom must be of a type that can begin with a model, got " + provider.type());
    }
  }

  private static boolean admits(Hyperparameter rule, Serializable value) {
    if (value instanceof Number number) {
      boolean numeric = rule.kind() == Kind.NUMBER || rule.kind() == Kind.INTEGER;
      return numeric && rule.admits(number.doubleValue());
    }
    return value instanceof String text
        ? rule.kind() == Kind.TEXT && rule.admits(text)
        : value instanceof Boolean && rule.kind() == Kind.BOOLEAN;
  }

  static IllegalArgumentException refuse(String name, String rule) {
    return new IllegalArgumentException("learner '" + name + "': " + rule);
  }
}
