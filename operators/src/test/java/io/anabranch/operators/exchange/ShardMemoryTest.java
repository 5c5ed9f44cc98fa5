package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.models.data.Target;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.format.BlockState;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.linear.LogisticRegressionProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a shard of the largest model takes: what was touched, and little for what was not. */
class ShardMemoryTest {
  private static final int HASH_BITS = 24;
  private static final long WHOLE_BLOCK = 1_024 * 2 * Float.BYTES;
  private static final long TABLE_OF_FOUR = (2 + 4 * 3) * Float.BYTES; // up to three coordinates
  private static final MergeRule RULE =
      new LogisticRegressionProvider()
          .mergeRule(new LearnerSettings(Target.binary("1"), HASH_BITS, Map.of(), 1))
          .orElseThrow();
  private static final ExchangeShape SHAPE = RULE.shape();

  /** Of the touched positions, at most: they grow by doubling. */
  private static final long FLAGS = 2 * (1L << HASH_BITS) / SHAPE.shards() / 8;

  private final ShardStore shard = new ShardStore(RULE, 1, 1, new TrainerRoster());
  private long sequence;

  @Test
  void nothingIsMadeBeforeItIsTouched() {
    assertThat(shard.bytes()).isZero();
    assertThat(shard.takeDirty(1)).isEmpty();
  }

  @Test
  void aSparseStreamTakesWhatItTouches() {
    learn(0, 1, 2, 5_000, 5_001, 200_000);
    assertThat(shard.bytes()).isBetween(3 * TABLE_OF_FOUR, 3 * TABLE_OF_FOUR + FLAGS);
    assertThat(shard.takeDirty(1))
        .extracting(BlockState::name)
        .containsExactly("1-0", "1-4", "1-195");
  }

  @Test
  void aDenseStreamTakesWholeBlocks() {
    learn(IntStream.range(0, 3 * 1_024).toArray());
    assertThat(shard.bytes()).isBetween(3 * WHOLE_BLOCK, 3 * WHOLE_BLOCK + FLAGS);
  }

  @Test
  void twoHundredThousandScatteredCoordinatesTakeALittleMoreThanTheirWeights() {
    // Those of one shard, evenly spread over what is hashed into it.
    learn(IntStream.range(0, 200_000 / SHAPE.shards()).map(i -> 83 * i).toArray());
    assertThat(shard.bytes()).isLessThan(200_000 / SHAPE.shards() * 5 * 2 * Float.BYTES);
  }

  @Test
  void whatIsRestoredTakesWhatItTookBefore() {
    learn(IntStream.range(0, 200_000 / SHAPE.shards()).map(i -> 83 * i).toArray());
    ShardStore restored = new ShardStore(RULE, 1, 2, new TrainerRoster());
    shard.takeDirty(1).forEach(restored::restore);
    assertThat(restored.bytes()).isBetween(shard.bytes(), shard.bytes() + FLAGS);
  }

  @Test
  void onlyBlocksThatChangedAreWrittenAgainAndOnlyCoordinatesThatChangedArePublished() {
    learn(0, 1, 2, 5_000, 5_001, 200_000);
    shard.takeDirty(1);
    shard.publish(0);
    learn(5_001);
    List<BlockState> changed = shard.takeDirty(2);
    assertThat(changed).extracting(BlockState::name).containsExactly("1-4");
    CoordinateBatch published = shard.publish(0).truth();
    assertThat(published.size()).isEqualTo(1);
    assertThat(published.coordinates()[0]).isEqualTo(SHAPE.coordinateOf(1, 5_001));
  }

  @Test
  void whatWasRestoredIsPublishedInPartsThatMakeItWhole() {
    int[] everyTenth = IntStream.range(0, 10_000).map(i -> 10 * i).toArray();
    learn(everyTenth);
    ShardStore restored = new ShardStore(RULE, 1, 2, new TrainerRoster());
    shard.takeDirty(1).forEach(restored::restore);
    List<WeightsMessage.Truth> parts = new ArrayList<>();
    restored.publishRestored(7, parts::add);
    assertThat(parts).hasSize(4).allSatisfy(part -> assertThat(part.version()).isEqualTo(7));
    List<Integer> coordinates = new ArrayList<>();
    for (WeightsMessage.Truth part : parts) {
      assertThat(part.truth().size()).isLessThanOrEqualTo(32 * 1_024);
      for (int i = 0; i < part.truth().size(); i++) {
        coordinates.add(SHAPE.localOf(part.truth().coordinates()[i]));
        assertThat(part.truth().values()[2 * i]).isEqualTo(0.5f);
      }
    }
    assertThat(coordinates).containsExactlyElementsOf(IntStream.of(everyTenth).boxed().toList());
    assertThat(restored.hasNews()).isFalse();
  }

  @Test
  void aBlockInStateIsAsLongAsWhatItHolds() {
    learn(0, 1, 2, 5_000, 5_001, 200_000);
    assertThat(shard.takeDirty(1))
        .extracting(block -> block.encode("logistic-regression").length)
        .containsExactly(119, 107, 99);
  }

  @Test
  void aBlockOfWhichNothingIsLeftIsGivenUp() {
    ShardStore expiring =
        new ShardStore(RULE, 1, 1, new TrainerRoster(), new CoordinateLimits(1, 800), HASH_BITS);
    expiring.advance(0);
    expiring.merge(delta(0, 5_000, 5_001));
    expiring.publish(0);
    expiring.takeDirty(1);
    long both = expiring.bytes();
    expiring.advance(500);
    expiring.merge(delta(5_001));
    expiring.publish(0);
    expiring.advance(1_000);
    assertThat(expiring.takeDirty(2))
        .extracting(block -> block.name() + " " + block.isEmpty())
        .containsExactly("1-0 true", "1-4 false");
    assertThat(expiring.bytes()).isEqualTo(both - TABLE_OF_FOUR);
    CoordinateBatch gone = expiring.publish(0).gone();
    assertThat(gone.size()).isEqualTo(2);
    assertThat(gone.coordinates())
        .startsWith(SHAPE.coordinateOf(1, 0), SHAPE.coordinateOf(1, 5_000));
  }

  private void learn(int... locals) {
    shard.merge(delta(locals));
  }

  private DeltaMessage delta(int... locals) {
    CoordinateBatch changes = new CoordinateBatch(SHAPE.deltaWidth(), SHAPE.statisticsWidth());
    for (int local : locals) {
      int at = changes.add(SHAPE.coordinateOf(1, local));
      changes.values()[at] = 0.5f;
      changes.values()[at + 1] = 1;
    }
    return new DeltaMessage(1, 1, 0, ++sequence, false, 0, 0, changes);
  }
}
