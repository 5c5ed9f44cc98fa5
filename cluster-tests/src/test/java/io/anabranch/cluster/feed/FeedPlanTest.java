package io.anabranch.cluster.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anabranch.cluster.feed.FeedPlan.Place;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeedPlanTest {
  private static final FeedPlan PLAN = new FeedPlan(7, 3);

  @Test
  void aRecordFollowsFromSeedAndPlace() {
    assertThat(new String(PLAN.value(new Place(2, 41)), UTF_8))
        .isEqualTo(new String(new FeedPlan(7, 3).value(new Place(2, 41)), UTF_8))
        .startsWith("{\"id\":\"p2-41\",\"key\":\"k2-0-")
        .isNotEqualTo(new String(new FeedPlan(8, 3).value(new Place(2, 41)), UTF_8));
  }

  @Property(tries = 200, seed = "1")
  void anIdTellsThePlace(
      @ForAll @IntRange(max = 99) int partition, @ForAll @IntRange(max = 9_999_999) int number) {
    Place place = new Place(partition, number);
    assertThat(Place.of(place.id())).isEqualTo(place);
  }

  @Test
  void aKeyIsInOnePartitionAndIsNotUsedAgain() throws IOException {
    Set<String> before = new HashSet<>();
    for (int window = 0; window < 3; window++) {
      Set<String> keys = new HashSet<>();
      for (int i = 0; i < 500; i++) {
        keys.add(read(new Place(1, window * 2_000L + i)).path("key").asText());
      }
      assertThat(keys)
          .hasSize(10)
          .allMatch(key -> key.startsWith("k1-"))
          .noneMatch(before::contains);
      before.addAll(keys);
    }
  }

  @Test
  void labelsFollowTheFeatures() throws IOException {
    int agree = 0;
    for (int i = 0; i < 1_000; i++) {
      JsonNode record = read(new Place(0, i));
      double score =
          1.5 * record.path("x0").asDouble()
              - record.path("x1").asDouble()
              + 0.7 * record.path("x2").asDouble();
      agree += score > 0 == (record.path("label").asInt() == 1) ? 1 : 0;
    }
    assertThat(agree).isBetween(700, 950);
  }

  @Test
  void whatWasFedAreTheFirstRecordsOfEachPartition() {
    FedCounts fed = FedCounts.of(3, 0, 2);
    assertThat(fed.total()).isEqualTo(5);
    assertThat(fed.contains(new Place(0, 2))).isTrue();
    assertThat(fed.contains(new Place(0, 3))).isFalse();
    assertThat(fed.contains(new Place(1, 0))).isFalse();
    assertThat(fed.contains(new Place(3, 0))).isFalse();
  }

  private static JsonNode read(Place place) throws IOException {
    return new ObjectMapper().readTree(PLAN.value(place));
  }
}
