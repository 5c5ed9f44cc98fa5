package io.anabranch.flinkml;

import io.anabranch.models.data.Target;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.embed.Label;
import io.anabranch.operators.embed.LearnedModel;
import io.anabranch.operators.embed.Mapping;
import io.anabranch.operators.embed.OnlineLearning;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;

/** Attaches a learner of sums to a table and makes Flink ML's model data of what it learned. */
final class SumsLearning {
  private final SumsProvider provider;
  private final String name;
  private final int size;
  private final Map<String, Serializable> hyper;

  /**
   * Learning of one type.
   *
   * @param name of operators and state; "" = the type
   * @param size of the vectors
   */
  SumsLearning(SumsProvider provider, String name, int size, Map<String, Serializable> hyper) {
    this.provider = provider;
    this.name = name.isEmpty() ? provider.type() : name;
    this.size = size;
    this.hyper = hyper;
  }

  /** What the model data are made of. */
  interface ModelData extends Serializable {
    /** A row of model data. */
    Row of(double[] sums, long examples);
  }

  /**
   * Attaches.
   *
   * @param start the sums to begin with; empty to begin with nothing
   * @param type of the rows of model data
   * @return the table of model data
   */
  Table attach(
      TableInput input,
      VectorFeatures.VectorOf<Row> vector,
      Mapping.Numeric<Row> label,
      Mapping.Numeric<Row> weight,
      double[] start,
      long everyMillis,
      TypeInformation<Row> type,
      ModelData data) {
    OnlineLearning<Row> learning =
        OnlineLearning.on(input.rows())
            .name(name)
            .features(VectorFeatures.of(vector, size))
            .label(Label.number(label))
            .weight(weight)
            .learner(provider.type())
            .placement(Placement.SHARED)
            .hashBits(Positions.bits(size))
            .modelsEvery(Duration.ofMillis(everyMillis));
    hyper.forEach(learning::hyper);
    if (start.length > 0) {
      learning.startFrom(provider.write(start, 0));
    }
    DataStream<Row> rows =
        learning
            .attach()
            .models()
            .map(new Reading(provider.type(), settings(), data))
            .returns(type)
            .name(name + "-model-data")
            .uid(name + "-model-data")
            .setParallelism(1); // one after the other: the last is the newest
    return input.tables().fromDataStream(rows);
  }

  private LearnerSettings settings() {
    return new LearnerSettings(Target.numeric(), Positions.bits(size), hyper, 1);
  }

  /** Reads the sums of models. */
  private record Reading(String type, LearnerSettings settings, ModelData data)
      implements MapFunction<LearnedModel, Row> {
    @Override
    public Row map(LearnedModel model) {
      SumsLearner sums = (SumsLearner) LinearSettings.provider(type).read(model.bytes(), settings);
      return data.of(sums.sums(), sums.examples());
    }
  }
}
