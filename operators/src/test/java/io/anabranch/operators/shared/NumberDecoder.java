package io.anabranch.operators.shared;

import io.anabranch.models.data.Example;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Makes an example of each number, and meets an obstacle where there is one. */
final class NumberDecoder extends AbstractStreamOperator<Example>
    implements OneInputStreamOperator<Long, Example> {
  static final int HASH_BITS = 12;

  private final Obstacle obstacle;
  private transient StreamRecord<Example> element;

  NumberDecoder(Obstacle obstacle) {
    this.obstacle = obstacle;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  public void open() throws Exception {
    super.open();
    element = new StreamRecord<>(new Example());
  }

  @Override
  public void processElement(StreamRecord<Long> number) throws Exception {
    obstacle.at(number.getValue());
    Example example = element.getValue();
    fill(example, number.getValue());
    output.collect(element.replace(example));
  }

  /** Coordinate 0 is in every example; the others depend on the number. */
  static void fill(Example example, long number) {
    example.clear();
    example.identify("id-" + number, "", number);
    example.features().addSparse(0, 1);
    example.features().addSparse(1 + (int) (number % 4_000), 1);
    example.features().addSparse(1 + (int) (number * 31 % 4_000), 1);
    example.label(Long.toString(number % 7), number % 7);
  }
}
