package io.anabranch.examples.embedding;

import io.anabranch.models.learner.Placement;
import io.anabranch.operators.embed.Features;
import io.anabranch.operators.embed.Label;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.OnlineLearning;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.types.Row;

/** A small model for each sensor, learned from Rows: what will it read next? */
public final class Sensors {
  private Sensors() {}

  /** Reads rows by the names of their fields. */
  public static LearningStreams<Row> learn(DataStream<Row> readings) {
    return OnlineLearning.on(readings)
        .key(row -> row.getFieldAs("sensor"))
        .features(Features.fields("load", "mode"))
        .label(Label.numberField("power"))
        .learner("linear-regression")
        .placement(Placement.PER_KEY)
        .hyper("loss", "huber")
        .attach();
  }
}
