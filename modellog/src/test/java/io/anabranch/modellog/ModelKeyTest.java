package io.anabranch.modellog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ModelKeyTest {

  @Test
  void keysAreCompactJson() {
    assertThat(text(new ModelKey.Block("elec2", "lr", "3-17", ModelKey.LIVE)))
        .isEqualTo("{\"pipeline\":\"elec2\",\"learner\":\"lr\",\"block\":\"3-17\"}");
    assertThat(text(new ModelKey.Manifest("elec2", "lr", ModelKey.LIVE)))
        .isEqualTo("{\"pipeline\":\"elec2\",\"learner\":\"lr\",\"manifest\":true}");
  }

  @Test
  void pinnedVersionsHaveKeysOfTheirOwn() {
    assertThat(text(new ModelKey.Block("elec2", "lr", "3-17", 7)))
        .isEqualTo("{\"pipeline\":\"elec2\",\"learner\":\"lr\",\"block\":\"3-17\",\"version\":7}");
    assertThat(text(new ModelKey.Manifest("elec2", "lr", 7)))
        .isEqualTo("{\"pipeline\":\"elec2\",\"learner\":\"lr\",\"manifest\":true,\"version\":7}");
  }

  /** Any text, also halves of surrogate pairs: keys of entities come from outside. */
  @Property(seed = "1")
  void aKeyComesBackFromItsBytes(
      @ForAll @StringLength(min = 1) String pipeline,
      @ForAll @StringLength(min = 1) String learner,
      @ForAll @StringLength(min = 1) String block,
      @ForAll @LongRange(min = 0) long pin) {
    ModelKey ofBlock = new ModelKey.Block(pipeline, learner, block, pin);
    ModelKey ofManifest = new ModelKey.Manifest(pipeline, learner, pin);
    assertThat(ModelKey.decode(ofBlock.encode())).isEqualTo(ofBlock);
    assertThat(ModelKey.decode(ofManifest.encode())).isEqualTo(ofManifest);
  }

  @Test
  void halfASurrogatePairComesBack() {
    ModelKey key = new ModelKey.Block("p", "l", "key:\ud834 \" \\ \n ü 𝄞 \udd1e", ModelKey.LIVE);
    assertThat(ModelKey.decode(key.encode())).isEqualTo(key);
  }

  @Test
  void unknownFieldsAreSkipped() {
    assertThat(decode("{\"new\":{\"a\":[1]},\"pipeline\":\"p\",\"learner\":\"l\",\"block\":\"b\"}"))
        .isEqualTo(new ModelKey.Block("p", "l", "b", ModelKey.LIVE));
  }

  @Test
  void whatIsNoKeyIsRefusedWithTheReason() {
    refused("{}", "a key of a models topic is incomplete: pipeline must not be empty");
    refused(
        "{\"pipeline\":\"p\",\"learner\":\"l\"}",
        "a key of a models topic is incomplete: block must not be empty");
    refused("[]", "a key of a models topic must be a JSON object, got START_ARRAY");
    refused("", "a key of a models topic must be a JSON object, got null");
    refused(
        "{\"pipeline\":\"p\",\"learner\":\"l\",\"manifest\":true}1",
        "a key of a models topic must end after its object, got VALUE_NUMBER_INT behind it");
    refused("{\"pipeline\":1}", "pipeline must be a text, got VALUE_NUMBER_INT");
    refused("{\"version\":-1}", "version must be >= 0, got -1");
    assertThatThrownBy(() -> decode("{\"pipeline\""))
        .isInstanceOf(ModelLogException.class)
        .hasMessageStartingWith("a key of a models topic must be a JSON object: ");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(ModelLogException.class)
        .hasMessage(message);
  }

  private static ModelKey decode(String json) {
    return ModelKey.decode(json.getBytes(UTF_8));
  }

  private static String text(ModelKey key) {
    return new String(key.encode(), UTF_8);
  }
}
