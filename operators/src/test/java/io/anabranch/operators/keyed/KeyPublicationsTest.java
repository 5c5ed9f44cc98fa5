package io.anabranch.operators.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyPublicationsTest {
  private static final long EPOCH = 11;

  private final KeyPublications publications = new KeyPublications(EPOCH);
  private long sequence;

  @Test
  void usageExample() {
    assertThat(publications.include(question("k", 2), 500, 10)).isTrue();
    var truth = publications.send("k", 3, 500, new byte[] {1}, 10);
    assertThat(truth.epoch()).isEqualTo(EPOCH);
    assertThat(truth.base()).isEqualTo(3);
    assertThat(truth.acknowledged()).containsExactly(0, 0, 1);
    assertThat(truth.acknowledged(7)).isZero();
    assertThat(truth.model()).containsExactly(1);
  }

  @Test
  void aModelIsSentWhenItKnowsAHundredthMore() {
    publications.include(question("k", 0), 1_000, 0);
    publications.send("k", 0, 1_000, new byte[0], 0);
    assertThat(publications.include(delta("k", 0, 9), 1_009, 1)).isFalse();
    assertThat(publications.include(delta("k", 1, 1), 1_010, 2)).isTrue();
    assertThat(publications.send("k", 0, 1_010, new byte[0], 2).acknowledged())
        .containsExactly(2, 3);
  }

  @Test
  void aModelThatGrowsSlowlyIsSentAfterASecond() {
    publications.include(question("k", 0), 1_000_000, 0);
    publications.send("k", 0, 1_000_000, new byte[0], 0);
    assertThat(publications.include(delta("k", 0, 1), 1_000_001, 999)).isFalse();
    assertThat(publications.include(delta("k", 0, 1), 1_000_002, 1_000)).isTrue();
  }

  @Test
  void whoeverAsksIsAnswered() {
    publications.include(question("k", 0), 1_000, 0);
    publications.send("k", 0, 1_000, new byte[0], 0);
    assertThat(publications.include(question("k", 1), 1_000, 1)).isTrue();
  }

  @Test
  void aKeyThatWasSeenIsNotAnswered() {
    KeyDelta seen = new KeyDelta(EPOCH, "k", 0, KeyDelta.SEEN, 0, new byte[0]);
    assertThat(publications.include(seen, 1_000, 0)).isFalse();
    assertThat(publications.size()).isZero();
  }

  @Test
  void deltasOfAnotherRunAreNotAnswered() {
    KeyDelta old = new KeyDelta(EPOCH - 1, "k", 0, 99, 5, new byte[0]);
    assertThat(publications.include(old, 1_000, 0)).isFalse();
    publications.include(question("k", 1), 1_000, 1);
    assertThat(publications.send("k", 0, 1_000, new byte[0], 1).acknowledged())
        .containsExactly(0, 1);
  }

  @Test
  void keysOfWhichNobodySpeaksAreForgotten() {
    for (int key = 0; key < 10; key++) {
      publications.include(question("k" + key, 0), 10, 0);
    }
    publications.include(question("k0", 0), 10, KeyPublications.FORGET_MILLIS - 1);
    publications.include(question("k0", 0), 10, KeyPublications.FORGET_MILLIS);
    assertThat(publications.size()).isEqualTo(1);
  }

  private KeyDelta question(String key, int helper) {
    return delta(key, helper, 0);
  }

  private KeyDelta delta(String key, int helper, long examples) {
    return new KeyDelta(EPOCH, key, helper, ++sequence, examples, new byte[0]);
  }
}
