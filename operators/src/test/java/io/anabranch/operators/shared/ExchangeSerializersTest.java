package io.anabranch.operators.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.FloatBytes;
import io.anabranch.operators.exchange.DeltaMessage;
import io.anabranch.operators.exchange.WeightsMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ExchangeSerializersTest {

  @Property(tries = 300, seed = "1")
  void deltasComeBackWhole(
      @ForAll @IntRange(max = 50) int size,
      @ForAll @IntRange(max = 5) int statistics,
      @ForAll @IntRange(max = 63) int shard,
      @ForAll long seed)
      throws IOException {
    CoordinateBatch batch = batch(size, statistics, shard, seed);
    DeltaMessage delta =
        new DeltaMessage(
            seed, shard, 3, seed >>> 1, true, seed >>> 2, seed, batch, places(size, shard, seed));
    DeltaMessage back = again(DeltaMessageSerializer.INSTANCE, delta);
    assertThat(back)
        .usingRecursiveComparison()
        .ignoringFields("changes", "occurrences")
        .isEqualTo(delta);
    assertSame(back.changes(), batch);
    assertSame(back.occurrences(), delta.occurrences());
  }

  @Property(tries = 300, seed = "1")
  void weightsComeBackWhole(
      @ForAll @IntRange(max = 50) int size, @ForAll @IntRange(max = 4) int acks, @ForAll long seed)
      throws IOException {
    CoordinateBatch batch = batch(size, 2, 5, seed);
    long[] acknowledged = new SplittableRandom(seed).longs(acks, 0, Long.MAX_VALUE).toArray();
    WeightsMessage.Truth truth =
        new WeightsMessage.Truth(
            seed, 5, 1_790_000_000_000L, 77, acknowledged, batch, places(size, 5, seed));
    WeightsMessage.Truth back =
        (WeightsMessage.Truth) again(WeightsMessageSerializer.INSTANCE, truth);
    assertThat(back).usingRecursiveComparison().ignoringFields("truth", "gone").isEqualTo(truth);
    assertSame(back.truth(), batch);
    assertSame(back.gone(), truth.gone());
  }

  @Property(tries = 200, seed = "1")
  void whatWasRoundedComesBackInFewerBytes(
      @ForAll @IntRange(min = 1, max = 50) int size, @ForAll long seed) throws IOException {
    CoordinateBatch batch = batch(size, 2, 5, seed);
    CoordinateBatch whole = batch(size, 2, 5, seed);
    batch.round(new FloatBytes(2, 3));
    DataOutputSerializer out = new DataOutputSerializer(64);
    BatchCoding.write(whole, out);
    int before = out.length();
    out.clear();
    BatchCoding.write(batch, out);
    // Two columns more to name, three bytes less for each coordinate.
    assertThat(before - out.length()).isEqualTo(3 * size - 2);
    assertSame(BatchCoding.read(new DataInputDeserializer(out.getCopyOfBuffer())), batch);
  }

  @Test
  void markersComeBackWhole() throws IOException {
    WeightsMessage marker = new WeightsMessage.AllSent(-5, 3, 4);
    assertThat(again(WeightsMessageSerializer.INSTANCE, marker)).isEqualTo(marker);
  }

  @Test
  void modelsOfSplitKeysComeBackWhole() throws IOException {
    WeightsMessage truth =
        new WeightsMessage.KeyTruth(
            -5, "Zürich", 3, new long[] {0, Long.MAX_VALUE}, new byte[] {1, -2, 3});
    assertThat(again(WeightsMessageSerializer.INSTANCE, truth))
        .usingRecursiveComparison()
        .isEqualTo(truth);
  }

  @Test
  void neighbouringCoordinatesOfAShardTakeOneByteEach() throws IOException {
    CoordinateBatch batch = new CoordinateBatch(1, 0);
    for (int i = 0; i < 1_000; i++) {
      batch.add(i << 6 | 17);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    BatchCoding.write(batch, out);
    assertThat(out.length()).isEqualTo(1_000 * (1 + Float.BYTES) + 9);
  }

  @Test
  void anUnknownKindOfMessageIsRefused() {
    assertThatThrownBy(
            () ->
                WeightsMessageSerializer.INSTANCE.deserialize(
                    new DataInputDeserializer(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessage("kind of weights message must be 0 to 2, got 9");
  }

  private static CoordinateBatch batch(int size, int statistics, int shard, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CoordinateBatch batch = new CoordinateBatch(2, 3);
    for (int i = 0; i < size; i++) {
      int at = batch.add(random.nextInt(1 << 24) << 6 | shard);
      batch.values()[at] = random.nextInt();
      batch.values()[at + 1] = Float.NaN;
    }
    for (int i = 0; i < statistics; i++) {
      int at = batch.addStatistics(random.nextInt(1 << 24) << 6 | shard);
      batch.statistics()[at + 2] = random.nextDouble();
    }
    return batch;
  }

  private static CoordinateBatch places(int size, int shard, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CoordinateBatch places = new CoordinateBatch(0, 0);
    for (int i = 0; i < size; i++) {
      places.add(random.nextInt(1 << 10) << 6 | shard); // some of them twice
    }
    return places;
  }

  private static void assertSame(CoordinateBatch actual, CoordinateBatch expected) {
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.statisticsWidth()).isEqualTo(expected.statisticsWidth());
    assertThat(Arrays.copyOf(actual.coordinates(), actual.size()))
        .isEqualTo(Arrays.copyOf(expected.coordinates(), expected.size()));
    assertThat(Arrays.copyOf(actual.values(), actual.width() * actual.size()))
        .isEqualTo(Arrays.copyOf(expected.values(), expected.width() * expected.size()));
    assertThat(Arrays.copyOf(actual.statisticsCoordinates(), actual.statisticsSize()))
        .isEqualTo(Arrays.copyOf(expected.statisticsCoordinates(), expected.statisticsSize()));
    assertThat(
            Arrays.copyOf(actual.statistics(), actual.statisticsWidth() * actual.statisticsSize()))
        .isEqualTo(
            Arrays.copyOf(
                expected.statistics(), expected.statisticsWidth() * expected.statisticsSize()));
  }

  private static <T> T again(TypeSerializer<T> serializer, T element) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(element, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T back = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return back;
  }
}
