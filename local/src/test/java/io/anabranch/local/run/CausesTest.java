package io.anabranch.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class CausesTest {

  @Test
  void theInnermostFailureIsNamedInOneLine() {
    Throwable failure =
        new RuntimeException("outer", new IOException("disk is full\nand more of this"));

    assertThat(Causes.shortest(failure)).isEqualTo("IOException: disk is full");
  }

  @Test
  void aFailureThatFlinkSerialisedKeepsItsName() {
    Throwable failure = new SerializedThrowable(new IllegalStateException("broken"));

    assertThat(Causes.shortest(failure)).isEqualTo("IllegalStateException: broken");
  }

  @Test
  void aFailureWithoutMessageIsItsKind() {
    assertThat(Causes.shortest(new NullPointerException())).isEqualTo("NullPointerException");
  }
}
