package io.anabranch.modellog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Manifest MANIFEST =
      Manifest.of(
          "elec2",
          "lr",
          "logistic-regression",
          1_764_000_000_000L,
          12,
          45_312,
          Map.of("elec2.features-1", 5L, "elec2.features-0", 45_307L),
          "ab12",
          Map.of("3-17", 0xdeadbeef, "0-0", 1));
  private static final String JSON =
      "{\"v\":1,\"type\":\"manifest\",\"pipeline\":\"elec2\",\"learner\":\"lr\","
          + "\"learnerType\":\"logistic-regression\",\"version\":1764000000000,"
          + "\"checkpoint\":12,\"examples\":45312,"
          + "\"offsets\":{\"elec2.features-0\":45307,\"elec2.features-1\":5},"
          + "\"configHash\":\"ab12\",\"formatVersion\":1,"
          + "\"blocks\":{\"0-0\":\"00000001\",\"3-17\":\"deadbeef\"}}";

  @Test
  void aManifestIsOneLineOfJson() {
    assertThat(new String(MANIFEST.encode(), UTF_8)).isEqualTo(JSON);
  }

  /** Written by the first release of layout 1; must be read forever. */
  @Test
  void aManifestOfLayout1IsRead() {
    assertThat(Manifest.decode(JSON.getBytes(UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void unknownFieldsAreSkipped() {
    String newer = JSON.replace("\"type\"", "\"tags\":{\"a\":[]},\"type\"");
    assertThat(Manifest.decode(newer.getBytes(UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void whatIsNoManifestIsRefusedWithTheReason() {
    refused(
        JSON.replace("\"v\":1", "\"v\":2"),
        "a manifest must have type 'manifest' and v between 1 and 1, got 'manifest' and 2: a newer build wrote it, or it is none");
    refused(
        "{\"v\":1,\"type\":\"metrics\"}",
        "a manifest must have type 'manifest' and v between 1 and 1, got 'metrics' and 1: a newer build wrote it, or it is none");
    refused(
        JSON.replace("deadbeef", "beef"),
        "a checksum must be eight hexadecimal digits, got 'beef'");
    refused(
        JSON.replace("\"version\":1764000000000,", ""),
        "a manifest must have a version > 0, got none");
    refused(JSON.replace("45307", "\"far\""), "an offset must be an integer, got VALUE_STRING");
    refused(
        JSON.replace("{\"0-0\":\"00000001\",\"3-17\":\"deadbeef\"}", "7"),
        "an object was expected, got VALUE_NUMBER_INT");
    refused("true", "a manifest must be a JSON object, got VALUE_TRUE");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> Manifest.decode(json.getBytes(UTF_8)))
        .isInstanceOf(ModelLogException.class)
        .hasMessage(message);
  }
}
