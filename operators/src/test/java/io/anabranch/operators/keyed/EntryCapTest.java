package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntryCapTest {
  private final Records records = new Records();
  private final List<String> forgotten = new ArrayList<>();
  private GroupLedger ledger = GroupLedger.fresh(0);
  private EntryCap cap = cap(3);

  @Test
  void theKeyThatCameFirstGoesFirst() {
    enter("a", "b", "c", "d", "e");
    assertThat(forgotten).containsExactly("a", "b");
    assertThat(ledger.entries()).isEqualTo(3);
  }

  @Test
  void aKeyThatWasSeenStaysAndGoesWhenItIsNotSeenAgain() {
    enter("a", "b", "c");
    see("a");
    enter("d", "e", "f");
    assertThat(forgotten).containsExactly("b", "c", "a");
  }

  @Test
  void whenAllWereSeenTheOldestGoesAfterABoundedSearch() {
    cap = cap(100);
    String[] all = new String[100];
    for (int i = 0; i < all.length; i++) {
      all[i] = "k" + i;
    }
    enter(all);
    see(all);
    records.calls = 0;
    enter("new");
    assertThat(forgotten).containsExactly("k16");
    assertThat(records.calls).isLessThan(100);
  }

  @Test
  void roomIsDealtEvenlyAndCompletely() {
    EntryCap dealt = new EntryCap(1_000, 128, records, key -> {});
    long sum = 0;
    for (int group = 0; group < 128; group++) {
      assertThat(dealt.room(group)).isBetween(7L, 8L);
      sum += dealt.room(group);
    }
    assertThat(sum).isEqualTo(1_000);
  }

  @Test
  void whenTheLimitIsLoweredTwoGoForEachThatComes() {
    cap = cap(6);
    enter("a", "b", "c", "d", "e", "f");
    cap = cap(3);
    enter("g");
    assertThat(forgotten).containsExactly("a", "b");
    enter("h", "i", "j");
    assertThat(forgotten).containsExactly("a", "b", "c", "d", "e", "f", "g");
    assertThat(ledger.entries()).isEqualTo(3);
  }

  @Test
  void keysThatLeaveByThemselvesLeaveNothingBehindHoweverManyTheyAre() {
    enter("stays");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      enter("k" + i);
      if (random.nextBoolean()) {
        see("stays");
      }
      forget("k" + i);
    }
    assertThat(forgotten).hasSize(10_000).doesNotContain("stays");
    assertThat(ledger.tickets()).isLessThan(10);
    assertThat(records.queue).containsValue("stays").hasSize(1);
  }

  @Property(seed = "1")
  void thereAreNeverMoreThanAllowedAndEveryOneHasItsPlace(
      @ForAll @Size(max = 400) List<@IntRange(max = 40) Integer> steps,
      @ForAll @IntRange(min = 1, max = 9) int room) {
    ledger = GroupLedger.fresh(0);
    records.lives.clear();
    records.queue.clear();
    cap = cap(room);
    Set<String> alive = new HashSet<>();
    for (int step : steps) {
      String key = "k" + step % 20;
      int before = forgotten.size();
      if (step == 40) { // a restart
        ledger = GroupLedger.decode(0, ledger.encode());
        cap = cap(room);
      } else if (alive.contains(key)) {
        if (step >= 20) {
          see(key);
        } else {
          forget(key);
        }
      } else {
        enter(key);
        alive.add(key);
      }
      forgotten.subList(before, forgotten.size()).forEach(alive::remove);
      assertThat(ledger.entries()).isEqualTo(alive.size()).isLessThanOrEqualTo(room);
      assertThat(new HashSet<>(records.queue.values())).isEqualTo(alive);
      assertThat(records.queue).hasSize(alive.size());
      assertThat(records.lives.keySet()).isEqualTo(alive);
    }
  }

  private EntryCap cap(long entries) {
    return new EntryCap(entries, 1, records, this::forget);
  }

  private void enter(String... keys) {
    for (String key : keys) {
      cap.enter(key, ledger, 0);
    }
  }

  private void see(String... keys) {
    for (String key : keys) {
      cap.seen(key, records.life(key).orElseThrow());
    }
  }

  private void forget(String key) {
    forgotten.add(key);
    records.take(0, records.life(key).orElseThrow().ticket());
    ledger.left();
    records.lives.remove(key);
  }

  private static final class Records implements KeyRecords {
    final Map<String, KeyLife> lives = new HashMap<>();
    final Map<Long, String> queue = new TreeMap<>();
    int calls;

    @Override
    public Optional<KeyLife> life(String key) {
      calls++;
      return Optional.ofNullable(lives.get(key));
    }

    @Override
    public void life(String key, KeyLife life) {
      lives.put(key, life);
    }

    @Override
    public void put(int group, long ticket, String key) {
      queue.put(ticket, key);
    }

    @Override
    public Optional<String> take(int group, long ticket) {
      return Optional.ofNullable(queue.remove(ticket));
    }
  }
}
