package io.anabranch.cluster.check;

import io.anabranch.cluster.check.KeyedModels.KeyedModel;
import io.anabranch.modellog.LearnerLog;
import io.anabranch.modellog.LiveBlock;
import io.anabranch.models.data.FeatureVector;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes apart what the models topic holds of a learner. */
public final class ModelsTopic {
  private ModelsTopic() {}

  /** The models of a per-key learner, by key, or the members of an ensemble, by number. */
  public static Map<String, KeyedModel> keyedModels(LearnerLog log) {
    Map<String, KeyedModel> models = new TreeMap<>();
    log.blocks()
        .forEach(
            (name, block) ->
                models.put(
                    name.substring(name.indexOf(':') + 1),
                    new KeyedModel(block.version(), block.payload())));
    return models;
  }

  /** The exact statistics of a shared learner. */
  public static Statistics statistics(LearnerLog log, ExchangeShape shape) {
    Map<Integer, double[]> figures = new TreeMap<>();
    for (LiveBlock live : log.blocks().values()) {
      BlockState block = BlockState.decode(live.payload(), live.learnerType());
      int width = block.statisticsWidth();
      for (int i = 0; i < block.statisticsOffsets().length; i++) {
        int local = block.block() << ExchangeShape.BLOCK_BITS | block.statisticsOffsets()[i];
        figures.put(
            shape.coordinateOf(block.shard(), local),
            Arrays.copyOfRange(block.statistics(), i * width, (i + 1) * width));
      }
    }
    return new Statistics(figures);
  }

  /** The hashed coordinates of which a shared learner has weights. */
  public static Set<Integer> weighed(LearnerLog log, ExchangeShape shape, int hashBits) {
    Set<Integer> weighed = new TreeSet<>();
    for (LiveBlock live : log.blocks().values()) {
      BlockState block = BlockState.decode(live.payload(), live.learnerType());
      for (int at = 0; at < block.values().length; at++) {
        if (block.values()[at] != 0) {
          int local = block.block() << ExchangeShape.BLOCK_BITS | at / block.truthWidth();
          weighed.add(shape.coordinateOf(block.shard(), local));
        }
      }
    }
    weighed.removeIf(coordinate -> FeatureVector.isNumeric(coordinate, hashBits));
    return weighed;
  }

  /** Whether nothing is missing and nothing was refused. */
  public static Finding whole(String learner, LearnerLog log) {
    boolean whole = log.missing().isEmpty() && log.refusals().isEmpty();
    return new Finding(
        "the models topic is whole: " + learner,
        whole,
        whole
            ? log.blocks().size() + " blocks"
            : "missing " + log.missing() + ", refused " + log.refusals());
  }
}
