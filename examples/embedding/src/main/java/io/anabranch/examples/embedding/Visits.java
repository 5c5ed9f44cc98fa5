package io.anabranch.examples.embedding;

import io.anabranch.models.learner.Placement;
import io.anabranch.operators.embed.Features;
import io.anabranch.operators.embed.Label;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.OnlineLearning;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One model of all visits, trained by all parallel subtasks: who will buy? */
public final class Visits {
  private Visits() {}

  /** Reads visits of a POJO type with lambdas. */
  public static LearningStreams<Visit> learn(DataStream<Visit> visits) {
    return OnlineLearning.on(visits)
        .id(visit -> visit.id)
        .features(
            Features.mapping(Visit.class)
                .number("seconds", visit -> visit.seconds)
                .category("page", visit -> visit.page)
                .category("stay", visit -> visit.seconds > 40 ? "long" : "short")
                .cross("page", "stay"))
        .label(Label.binary(visit -> visit.bought))
        .learner("logistic-regression")
        .placement(Placement.SHARED)
        .attach();
  }

  /** Learns from made-up visits and prints what it thinks of them. */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.enableCheckpointing(1_000);
    DataStream<Visit> visits =
        environment.fromSource(
            new DataGeneratorSource<>(
                Visit::number,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(1_000),
                TypeInformation.of(Visit.class)),
            WatermarkStrategy.noWatermarks(),
            "visits");
    LearningStreams<Visit> learning = learn(visits);
    learning.predictions().filter(predicted -> predicted.id().endsWith("00")).print();
    learning.metrics().filter(report -> report.window() > 0).print();
    environment.execute("visits");
  }
}
