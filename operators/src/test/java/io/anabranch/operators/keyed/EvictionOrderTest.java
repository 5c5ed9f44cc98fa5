package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.keyed.EvictionOrder.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionOrderTest {

  @Test
  void whatCameOnceLeavesBeforeWhatWasAskedFor() {
    EvictionOrder<String, String> order = new EvictionOrder<>(1);
    List<Place<String, String>> places = fill(order, 10);
    places.get(0).hit();
    places.get(0).hit();
    assertThat(order.next()).isEqualTo("entry 1");
    assertThat(order.size()).isEqualTo(9);
  }

  @Test
  void whereAllWereAskedForTheOneThatWasLeastOfSixtyFourLeaves() {
    EvictionOrder<String, String> order = new EvictionOrder<>(1);
    List<Place<String, String>> places = fill(order, 1_000);
    for (Place<String, String> place : places) { // all into the long queue
      place.hit();
      place.hit();
    }
    Place<String, String> last = new Place<>("last", "last");
    order.add(last);
    order.weigh(last, 1);
    assertThat(order.next()).isEqualTo("last");
    for (int i = 0; i < places.size(); i++) {
      places.get(i).hit();
      places.get(i).hit();
      if (i != 40) {
        places.get(i).hit();
      }
    }
    assertThat(order.next()).isEqualTo("entry 40");
    assertThat(order.next()).as("the first of the next sixty-four").isEqualTo("entry 64");
    assertThat(order.size()).isEqualTo(998);
  }

  private static List<Place<String, String>> fill(EvictionOrder<String, String> order, int count) {
    List<Place<String, String>> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Place<String, String> place = new Place<>("key " + i, "entry " + i);
      order.add(place);
      order.weigh(place, 1);
      places.add(place);
    }
    return places;
  }
}
