package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;
import io.anabranch.operators.evaluation.HotKeys;
import io.anabranch.operators.flink.ChainingFactory;
import io.anabranch.operators.record.RecordTypes;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Sends records of hot keys to helpers, in the chain of their source. A key is hot that alone has
 * half of what a subtask should have of these records, and of which enough came for this to be no
 * accident; it cools down at half of that. Wherever a record is learned, it counts the same, so
 * nothing depends on when which key is thought hot, and nothing of it is state.
 */
final class HotKeyRouter extends AbstractStreamOperator<Example>
    implements OneInputStreamOperator<Example, Example> {
  static final OutputTag<Example> HOT = new OutputTag<>("hot", RecordTypes.EXAMPLE);

  private static final int LOOK_EVERY = 1 << 10;

  /**
   * How many records of a key have to be among those that were looked at: the share that follows is
   * a quarter off then, and seldom twice as much.
   */
  private static final int LEAST_LOOKS = 16;

  /** A share that no key has. The job has the same operators at every parallelism. */
  private static final double NEVER = 4;

  // -- configuration

  private final KeyChoice choice;
  private final double share;

  // -- runtime

  private final transient HotKeys keys;
  private transient Set<String> hot = Set.of();
  private transient int sinceLook;

  /**
   * A factory.
   *
   * @param parallelism in how many subtasks the models are
   */
  static ChainingFactory<Example, Example> factory(PerKeySpec spec, int parallelism) {
    return new ChainingFactory<>(
        ChainingStrategy.ALWAYS, parameters -> new HotKeyRouter(parameters, spec, parallelism));
  }

  private HotKeyRouter(
      StreamOperatorParameters<Example> parameters, PerKeySpec spec, int parallelism) {
    choice = spec.key();
    share = parallelism == 1 ? NEVER : 0.5 / parallelism;
    keys = new HotKeys(spec.settings().seed());
    setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    processingTimeService = parameters.getProcessingTimeService();
  }

  @Override
  public void processElement(StreamRecord<Example> element) {
    String key = choice.of(element.getValue());
    keys.seen(key);
    if (++sinceLook == LOOK_EVERY) {
      sinceLook = 0;
      look();
    }
    if (hot.contains(key)) {
      output.collect(HOT, element);
    } else {
      output.collect(element);
    }
  }

  private void look() {
    Set<String> now = new HashSet<>(keys.keys(share / 2, 1));
    now.retainAll(hot);
    now.addAll(keys.keys(share, LEAST_LOOKS));
    hot = now;
  }
}
