package io.anabranch.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.embed.LearnedModel;
import io.anabranch.operators.embed.LearningStreams;
import io.anabranch.operators.embed.Predicted;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SensorsTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = TestCluster.create();

  private static final int READINGS = 3_000;
  private static final int SENSORS = 5;

  @Test
  void eachSensorHasAModelOfItsOwn() throws Exception {
    TestCluster.Job job = new TestCluster.Job(2);
    DataStream<Row> readings =
        job.numbers(READINGS)
            .map(SensorsTest::reading)
            .returns(
                Types.ROW_NAMED(
                    new String[] {"sensor", "load", "mode", "power"},
                    Types.STRING,
                    Types.DOUBLE,
                    Types.STRING,
                    Types.DOUBLE));
    LearningStreams<Row> learning = Sensors.learn(readings);
    Iterator<Predicted> predictions = learning.predictions().collectAsync();
    Iterator<LearnedModel> models = learning.models().collectAsync();
    job.start();

    assertThat(TestCluster.drain(predictions)).hasSize(READINGS);
    List<LearnedModel> learned = TestCluster.drain(models);
    assertThat(learned).extracting(LearnedModel::key).containsOnly("s0", "s1", "s2", "s3", "s4");
    // Sensor s3 draws three times what its load says.
    LearnedModel third =
        learned.stream()
            .filter(model -> model.key().equals("s3"))
            .reduce((first, last) -> last)
            .orElseThrow();
    Row row = Row.withNames();
    row.setField("sensor", "s3");
    row.setField("load", 40.0);
    row.setField("mode", "eco");
    assertThat(learning.scorer().load(third).predict(row).value()).isBetween(115.0, 125.0);
  }

  private static Row reading(long n) {
    long sensor = n % SENSORS;
    double load = n * 7919 % 1000 / 10.0;
    return Row.of("s" + sensor, load, n % 2 == 0 ? "eco" : "full", sensor * load);
  }
}
