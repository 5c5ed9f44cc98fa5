package io.anabranch.operators.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.anabranch.operators.record.ManifestPart;
import io.anabranch.operators.record.ModelRecord;
import io.anabranch.operators.record.OffsetsChunk;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestAssemblyTest {
  private final ManifestAssembly assembly = new ManifestAssembly();

  @Test
  void aManifestIsTheSumOfItsParts() {
    assembly.add(offsets(7, 0, Map.of("in-0", 10L)));
    assembly.add(offsets(7, 1, Map.of("in-1", 20L)));
    assertThat(assembly.add(part("lr", 7, 0, Map.of("0-0", 1)))).isEmpty();
    assertThat(assembly.add(part("lr", 7, 1, Map.of("1-0", 2))))
        .contains(
            new ModelRecord.Manifest(
                "lr", 1_007, 7, 10, Map.of("in-0", 10L, "in-1", 20L), Map.of("0-0", 1, "1-0", 2)));
  }

  @Test
  void offsetsMayComeLast() {
    assembly.add(part("lr", 7, 0, Map.of()));
    assembly.add(part("lr", 7, 1, Map.of()));
    assembly.add(part("tree", 7, 1, Map.of()));
    assertThat(assembly.add(offsets(7, 0, Map.of()))).isEmpty();
    assertThat(assembly.add(offsets(7, 1, Map.of())))
        .extracting(ModelRecord.Manifest::learner)
        .containsExactly("lr");
  }

  @Test
  void learnersOfOneCheckpointShareItsOffsets() {
    bothOffsets(7);
    assembly.add(part("lr", 7, 0, Map.of()));
    assembly.add(part("tree", 7, 0, Map.of()));
    assertThat(assembly.add(part("lr", 7, 1, Map.of()))).isPresent();
    assertThat(assembly.add(part("tree", 7, 1, Map.of()))).isPresent();
  }

  @Test
  void whatIsLeftOfAnOlderCheckpointIsForgottenWhenANewerOneIsComplete() {
    bothOffsets(7);
    bothOffsets(8);
    assembly.add(part("lr", 7, 0, Map.of()));
    assembly.add(part("lr", 8, 0, Map.of()));
    assertThat(assembly.add(part("lr", 8, 1, Map.of()))).isPresent();
    assertThat(assembly.add(part("lr", 7, 1, Map.of()))).isEmpty();
  }

  @Test
  void memoryStaysBoundedWhenNothingIsEverComplete() {
    for (int checkpoint = 0; checkpoint < 10_000; checkpoint++) {
      assembly.add(part("lr", checkpoint, 0, Map.of()));
      assembly.add(offsets(checkpoint, 1, Map.of()));
    }
    assertThat(assembly.waiting()).isEqualTo(2 * ManifestAssembly.CHECKPOINTS);
  }

  private void bothOffsets(long checkpoint) {
    assembly.add(offsets(checkpoint, 0, Map.of()));
    assembly.add(offsets(checkpoint, 1, Map.of()));
  }

  private static OffsetsChunk offsets(long checkpoint, int subtask, Map<String, Long> next) {
    return new OffsetsChunk(checkpoint, subtask, 2, next);
  }

  private static ManifestPart part(
      String learner, long checkpoint, int subtask, Map<String, Integer> blocks) {
    return new ManifestPart(learner, checkpoint, 1_000 + checkpoint, subtask, 2, 5, blocks);
  }
}
