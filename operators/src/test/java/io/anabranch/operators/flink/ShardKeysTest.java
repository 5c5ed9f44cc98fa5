package io.anabranch.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardKeysTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 128})
  void shardsSpreadEvenlyOverOneToEightSubtasks(int shards) {
    int[] keys = ShardKeys.of(shards);
    assertThat(keys).hasSize(shards).doesNotHaveDuplicates();
    for (int parallelism = 1; parallelism <= 8; parallelism++) {
      int[] held = new int[parallelism];
      for (int key : keys) {
        held[ShardKeys.subtaskOf(key, parallelism)]++;
      }
      int most = Arrays.stream(held).max().orElseThrow();
      int least = Arrays.stream(held).min().orElseThrow();
      assertThat(most - least)
          .as("%d shards on %d: %s", shards, parallelism, Arrays.toString(held))
          .isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 10, 20, 38})
  void noSubtaskHasMoreThanItsShareOfTheMembersOfAnEnsemble(int members) {
    for (int parallelism = 1; parallelism <= members; parallelism++) {
      int[] held = new int[parallelism];
      for (int key : ShardKeys.of(members)) {
        held[ShardKeys.subtaskOf(key, parallelism)]++;
      }
      assertThat(Arrays.stream(held).max().orElseThrow())
          .as("%d members on %d: %s", members, parallelism, Arrays.toString(held))
          .isEqualTo(-Math.floorDiv(-members, parallelism));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 128})
  void shardsOfAPowerOfTwoStandAtTheStartsOfEqualRangesOfKeyGroups(int shards) {
    int[] keys = ShardKeys.of(shards); // others would lose the state of parameter shards
    for (int shard = 0; shard < shards; shard++) {
      assertThat(ShardKeys.subtaskOf(keys[shard], ShardKeys.KEY_GROUPS))
          .isEqualTo(shard * (ShardKeys.KEY_GROUPS / shards));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 1024})
  void moreShardsThanKeyGroupsShareThemEvenly(int shards) {
    int[] keys = ShardKeys.of(shards);
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(IntStream.of(keys).filter(key -> ShardKeys.subtaskOf(key, 128) == 5))
        .hasSize(shards / 128);
  }
}
