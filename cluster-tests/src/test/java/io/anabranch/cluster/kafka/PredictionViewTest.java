package io.anabranch.cluster.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictionViewTest {

  @Test
  void theFieldsThatMatterAreRead() {
    String json =
        """
        {"id":"p1-2","key":"k","learner":"lr","version":7,"time":5,"prediction":"1",
         "probability":0.75,"label":"1"}
        """;
    assertThat(PredictionView.of(json.getBytes(UTF_8)))
        .isEqualTo(new PredictionView("p1-2", "lr", 7, 0.75));
  }
}
