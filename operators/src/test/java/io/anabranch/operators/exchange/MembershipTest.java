package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelWriter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One shard of four in a space of 2^20 hashed coordinates. */
class MembershipTest {
  private static final int HASH_BITS = 20;
  private static final ExchangeShape SHAPE = new ExchangeShape(HASH_BITS + 2, 2, 2, 3, 3);
  private static final int SHARD = 3;
  private static final int HASHED = 1 << HASH_BITS - 2;

  // What was written of each: a test may restore it several times.
  private final Map<Membership, TreeMap<Integer, byte[]>> states = new IdentityHashMap<>();

  @Test
  void aCoordinateJoinsWhenItHasOccurredOftenEnough() {
    Membership membership = membership(3, CoordinateLimits.NEVER);
    assertThat(occur(membership, 7, 9, 7)).isEmpty();
    assertThat(membership.has(7)).isFalse();
    assertThat(occur(membership, 7)).containsExactly(7);
    assertThat(membership.has(7)).isTrue();
    assertThat(occur(membership, 7)).as("a member").isEmpty();
    assertThat(membership.has(9)).isFalse();
    assertThat(membership.totals().admitted()).isEqualTo(1);
    assertThat(membership.totals().refused()).isEqualTo(5);
  }

  @Test
  void whatHasWeightsIsAMemberAndSoIsEveryNumber() {
    Membership membership = membership(3, CoordinateLimits.NEVER);
    membership.touch(batch(5));
    assertThat(membership.has(5)).isTrue();
    assertThat(membership.has(HASHED - 1)).isFalse();
    assertThat(membership.has(HASHED)).as("the first that is not hashed").isTrue();
    membership.touch(batch(HASHED));
    assertThat(membership.totals().admitted()).isEqualTo(1);
  }

  @Test
  void whatOccursOnceDoesNotAddUpHoweverLongTheStream() {
    SplittableRandom random = new SplittableRandom(1);
    Membership twice = membership(2, CoordinateLimits.NEVER);
    Membership thrice = membership(3, CoordinateLimits.NEVER);
    Membership fourTimes = membership(4, CoordinateLimits.NEVER);
    int values = 20 * HASHED; // five million: twenty for each coordinate
    for (int value = 0; value < values; value++) {
      int position = random.nextInt(HASHED);
      occur(twice, position);
      occur(thrice, position);
      occur(fourTimes, position);
    }
    assertThat(fourTimes.totals().admitted() / (double) values).isBetween(0.000_005, 0.000_015);
    assertThat(thrice.totals().admitted() / (double) values).isBetween(0.0004, 0.0010);
    // Members take accidents upon themselves, so the share falls as they become more.
    assertThat(twice.totals().admitted() / (double) values).isBetween(0.015, 0.035);
  }

  @Test
  void whatJoinedByAccidentLeavesWhereFewerValuesPassInTheTimeThanThereAreCoordinates() {
    MembershipTotals little = afterValuesThatOccurOnce(HASHED / 2);
    MembershipTotals much = afterValuesThatOccurOnce(4 * HASHED);
    assertThat(little.admitted()).isBetween(1_500L, 2_500L);
    assertThat(little.admitted() - little.expired()).isLessThan(200);
    assertThat(much.admitted()).isBetween(1_500L, 2_500L);
    assertThat(much.expired())
        .as("others fall on it before its time is over")
        .isLessThan(much.admitted() / 10);
  }

  /** One each millisecond, ten for each coordinate. */
  private static MembershipTotals afterValuesThatOccurOnce(long expireMillis) {
    SplittableRandom random = new SplittableRandom(3);
    Membership membership = membership(3, expireMillis);
    for (int millis = 0; millis < 10 * HASHED; millis++) {
      occur(membership, random.nextInt(HASHED));
      if (millis % 1_000 == 0) {
        advance(membership, millis);
      }
    }
    return membership.totals();
  }

  @Test
  void whatOccursRegularlyJoinsAmongWhatOccursOnce() {
    SplittableRandom random = new SplittableRandom(2);
    Membership membership = membership(3, CoordinateLimits.NEVER);
    for (int turn = 0; turn < 3; turn++) {
      for (int other = 0; other < 4_000; other++) {
        occur(membership, 1_000 + random.nextInt(HASHED - 1_000));
      }
      for (int regular = 0; regular < 500; regular++) {
        occur(membership, regular);
      }
    }
    for (int regular = 0; regular < 500; regular++) {
      assertThat(membership.has(regular)).isTrue();
    }
  }

  @Test
  void aMemberThatIsNotTouchedIsForgottenAfterItsTimeAndAtMostAQuarterLater() {
    for (long touched = 0; touched < 200; touched += 7) {
      Membership membership = membership(1, 800);
      advance(membership, 10_000);
      advance(membership, 10_000 + touched);
      membership.touch(batch(5));
      assertThat(advance(membership, 10_000 + touched + 799)).isEmpty();
      assertThat(membership.has(5)).isTrue();
      assertThat(advance(membership, 10_000 + touched + 1_000)).containsExactly(5);
      assertThat(membership.has(5)).isFalse();
      assertThat(membership.totals().expired()).isEqualTo(1);
    }
  }

  @Test
  void touchingKeepsAMemberAndALeapOfTheClockForgetsAll() {
    Membership membership = membership(1, 800);
    for (long now = 0; now <= 5_000; now += 500) {
      assertThat(advance(membership, now)).isEmpty();
      membership.touch(batch(5));
    }
    // 256 periods of 100 ms: the seven bits of a period are the same again.
    assertThat(advance(membership, 5_000 + 25_600)).containsExactly(5);
  }

  @Test
  void aSilentSourceAndALongSleepDoNotEmptyTheModel() {
    Membership membership = membership(1, 3_600_000);
    advance(membership, 0);
    membership.touch(batch(5));
    // A night without records, looked at every second, and another one of sleep.
    for (long now = 0; now <= 36_000_000; now += 1_000) {
      assertThat(advance(membership, now)).isEmpty();
    }
    assertThat(advance(membership, 72_000_000)).isEmpty();
    assertThat(membership.has(5)).isTrue();
    assertThat(membership.totals().elapsed()).isLessThanOrEqualTo(120_000);
  }

  @Test
  void theTimeThatAJobStandsStillDoesNotCount() throws Exception {
    Membership before = membership(2, 800);
    advance(before, 0);
    occur(before, 5, 5, 6);
    advance(before, 700);
    Membership after = restored(before, 2, 800);
    assertThat(advance(after, 1_000_000)).isEmpty();
    assertThat(after.has(5)).isTrue();
    assertThat(occur(after, 6)).as("its count was kept").containsExactly(6);
    assertThat(advance(after, 1_000_299)).containsExactly(5);
    assertThat(after.totals()).isEqualTo(new MembershipTotals(999, 100, 2, 2, 4, 1));
  }

  @Test
  void anotherTimeHoldsFromARestoreOnForMembersOfAnyAge() throws Exception {
    Membership before = membership(1, 800);
    advance(before, 0);
    before.touch(batch(5));
    advance(before, 500);
    before.touch(batch(6));
    Membership longer = restored(before, 1, 8_000);
    assertThat(advance(longer, 0)).isEmpty();
    assertThat(advance(longer, 6_900)).isEmpty();
    assertThat(advance(longer, 10_000)).containsExactlyInAnyOrder(5, 6);
    // What one restore made of their ages is what the next one finds.
    Membership first = restored(before, 1, 8_000);
    Membership again = restored(first, 1, 8_000);
    assertThat(advance(again, 0)).isEmpty();
    assertThat(advance(again, 6_900)).isEmpty();
    assertThat(advance(again, 10_000)).containsExactlyInAnyOrder(5, 6);
    Membership shorter = restored(before, 1, 240);
    assertThat(advance(shorter, 0)).isEmpty();
    assertThat(advance(shorter, 40)).containsExactly(5);
    assertThat(advance(shorter, 400)).containsExactly(6);
    Membership forGood = restored(before, 1, CoordinateLimits.NEVER);
    assertThat(advance(forGood, 1_000_000)).isEmpty();
    assertThat(forGood.has(5)).isTrue();
  }

  @Test
  void onlyWhatChangedIsWrittenAndABlockOfWhichNothingIsKnownIsRemoved() throws Exception {
    Membership membership = membership(2, 800);
    advance(membership, 0);
    occur(membership, 5, 5, 2_000);
    assertThat(changes(membership)).containsOnlyKeys(0, 1);
    assertThat(changes(membership)).isEmpty();
    occur(membership, 2_001);
    assertThat(changes(membership)).containsOnlyKeys(1);
    advance(membership, 1_000);
    TreeMap<Integer, byte[]> left = changes(membership);
    assertThat(left).containsOnlyKeys(0);
    assertThat(left.get(0)).isEmpty();
  }

  @Test
  void fewMembersAreListedAndManyAreWrittenAsTheyAre() {
    byte[] few = new byte[1_024];
    few[1] = 3;
    few[1_023] = -128;
    byte[] many = new byte[1_024];
    new SplittableRandom(1).nextBytes(many);
    assertThat(MembershipCodec.encode(few)).hasSize(38);
    assertThat(MembershipCodec.decode(MembershipCodec.encode(few))).isEqualTo(few);
    assertThat(MembershipCodec.decode(MembershipCodec.encode(many))).isEqualTo(many);
  }

  @Test
  void damagedStateIsRefused() {
    assertThatThrownBy(() -> MembershipCodec.decode(state(new byte[4])))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("a list of members must have 3 bytes for each, got 4 in all");
    assertThatThrownBy(() -> MembershipCodec.decode(state(new byte[] {4, 0, 1})))
        .isInstanceOf(CorruptModelException.class)
        .hasMessage("the place of a member must be < 1024, got 1024");
  }

  @Test
  void limitsHaveRanges() {
    assertThatThrownBy(() -> new CoordinateLimits(0, 1))
        .hasMessage("admit.count must be between 1 and 100, got 0");
    assertThatThrownBy(() -> new CoordinateLimits(1, -1))
        .hasMessage("expire must be >= 1 ms, got -1");
  }

  private static byte[] state(byte[] list) {
    ModelWriter out = new ModelWriter("membership", 1);
    out.writeBytes(list);
    return out.finish();
  }

  private static Membership membership(int count, long expireMillis) {
    return new Membership(new CoordinateLimits(count, expireMillis), SHAPE, SHARD, HASH_BITS);
  }

  private Membership restored(Membership before, int count, long expireMillis) throws Exception {
    Membership after = membership(count, expireMillis);
    after.restore(before.totals());
    TreeMap<Integer, byte[]> state = states.computeIfAbsent(before, unused -> new TreeMap<>());
    state.putAll(changes(before));
    state.forEach((block, bytes) -> after.restore(block, bytes, position -> {}));
    return after;
  }

  private static List<Integer> occur(Membership membership, int... positions) {
    List<Integer> joined = new ArrayList<>();
    membership.count(batch(positions), joined::add);
    return joined;
  }

  private static List<Integer> advance(Membership membership, long now) {
    List<Integer> forgotten = new ArrayList<>();
    membership.advance(now, forgotten::add);
    return forgotten;
  }

  private static CoordinateBatch batch(int... positions) {
    CoordinateBatch batch = new CoordinateBatch(0, 0);
    for (int position : positions) {
      batch.add(SHAPE.coordinateOf(SHARD, position));
    }
    return batch;
  }

  /** State by block, empty where it is removed. */
  private static TreeMap<Integer, byte[]> changes(Membership membership) throws Exception {
    TreeMap<Integer, byte[]> changes = new TreeMap<>();
    membership.takeChanges(
        new Membership.Changes() {
          @Override
          public void changed(int block, byte[] state) {
            changes.put(block, state);
          }

          @Override
          public void removed(int block) {
            changes.put(block, new byte[0]);
          }
        });
    return changes;
  }
}
