package io.anabranch.operators.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergedShareTest {
  private final MergedShare share = new MergedShare();

  private void merge(float[] truth, float... merged) {
    boolean measured = share.before(truth, 2, 2);
    truth[0] += merged[0];
    truth[2] += merged[1];
    if (measured) {
      share.after(truth, 2, new float[] {2, 9, 9, -2, 9, 9}, 3, 2);
    }
  }

  @Test
  void theShareIsWhatIsLeftOfTheFirstFloats() {
    merge(new float[] {5, 1, 5, 1}, 1, -0.5f);

    assertThat(share.last()).isEqualTo(0.375);
  }

  @Test
  void oneMergeIn64IsMeasured() {
    assertThat(share.last()).isEqualTo(1);
    for (int i = 0; i < 64; i++) {
      merge(new float[4], 1, -1);
    }
    assertThat(share.last()).isEqualTo(0.5);
    merge(new float[4], 2, -2);
    assertThat(share.last()).isEqualTo(1);
  }
}
