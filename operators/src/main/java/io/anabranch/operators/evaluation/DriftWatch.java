package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.drift.DriftDetection;
import io.anabranch.models.drift.DriftMonitor;
import io.anabranch.operators.metrics.LearningMetric;
import io.anabranch.operators.metrics.Metered;
import io.anabranch.operators.record.MetricsChunk;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;

/**
 * Watches what one subtask scores of one learner. What it has seen is state of the subtask: after a
 * change of the parallelism, of several the longest memory is kept, and who gets none begins anew.
 */
public final class DriftWatch {
  /** Watches nothing. */
  public static final DriftWatch NONE = new DriftWatch(null, null);

  private final @Nullable DriftMonitor monitor;
  private final @Nullable ListState<byte[]> state;
  private final Counter drifts = new SimpleCounter();
  private int unreported;
  private volatile double lastSeconds = Double.NaN;

  private DriftWatch(@Nullable DriftMonitor monitor, @Nullable ListState<byte[]> state) {
    this.monitor = monitor;
    this.state = state;
  }

  /** One without a memory beyond this process. */
  public static DriftWatch of(DriftDetection detection, Target target) {
    return detection == DriftDetection.NONE
        ? NONE
        : new DriftWatch(new DriftMonitor(detection, target), null);
  }

  /** One that takes up what the state holds. */
  public static DriftWatch of(DriftDetection detection, Target target, OperatorStateStore store)
      throws Exception {
    if (detection == DriftDetection.NONE) {
      return NONE;
    }
    ListState<byte[]> state =
        store.getListState(
            new ListStateDescriptor<>(
                "drift", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    DriftMonitor longest = new DriftMonitor(detection, target);
    for (byte[] bytes : state.get()) {
      Optional<DriftMonitor> held = DriftMonitor.read(bytes, detection, target);
      if (held.isPresent() && held.get().hasSeenMoreThan(longest)) {
        longest = held.get();
      }
    }
    return new DriftWatch(longest, state);
  }

  /** Shows what is known, if anything is watched. */
  public void register(Metered learner) {
    DriftMonitor watched = monitor;
    if (watched != null) {
      learner.counter(LearningMetric.DRIFTS, drifts);
      learner.gauge(LearningMetric.DRIFT_ERROR, watched::mean);
      learner.gauge(LearningMetric.LAST_DRIFT, () -> lastSeconds);
    }
  }

  /** Takes a prediction that was made before its label was learned. */
  void score(Prediction prediction, Example example) {
    if (monitor != null && monitor.score(prediction, example)) {
      drifts.inc();
      unreported++;
      lastSeconds = System.currentTimeMillis() / 1e3;
    }
  }

  /** How many drifts there were since this was asked last; {@link MetricsChunk#UNWATCHED}. */
  int takeDrifts() {
    int taken = monitor == null ? MetricsChunk.UNWATCHED : unreported;
    unreported = 0;
    return taken;
  }

  /** Writes what was seen. */
  public void snapshot() throws Exception {
    if (monitor != null && state != null) {
      state.update(List.of(monitor.write()));
    }
  }
}
