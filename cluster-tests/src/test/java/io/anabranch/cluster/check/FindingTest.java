package io.anabranch.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void findingsMakeATable() {
    assertThat(
            Finding.table(
                List.of(Finding.equal("short", 1_000, 1_000), Finding.equal("longer", 2, 3))))
        .isEqualTo(
            """
              ok     short   1,000
              FAILED longer  must be 2, got 3
            """);
  }
}
