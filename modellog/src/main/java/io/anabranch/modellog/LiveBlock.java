package io.anabranch.modellog;

import io.anabranch.models.format.BlockState;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelFrame;

/**
 * A live block whose bytes were verified.
 *
 * @param name {@code SHARD-BLOCK} of a shared model, {@code key:KEY} of a per-key one, {@code
 *     member:NUMBER} of an ensemble
 * @param version the model version from which on it has this content
 * @param learnerType the type of the learner that wrote it
 * @param checksum as manifests list it; another one than in the newest manifest means that the
 *     block is newer
 * @param payload in the format of {@code io.anabranch.models.format}; live
 */
@SuppressWarnings("ArrayRecordComponent") // a payload on its way to a reader; never compared
public record LiveBlock(
    String name, long version, String learnerType, int checksum, byte[] payload) {

  /**
   * Verifies a block: its checksum and format, and, of a shared model, that the content is that of
   * the name.
   *
   * @throws CorruptModelException with the reason
   */
  static LiveBlock verified(String name, long version, byte[] payload) {
    ModelFrame frame = ModelFrame.of(payload);
    String type = frame.learnerType();
    if (type.endsWith(BlockState.TYPE_SUFFIX)) {
      type = type.substring(0, type.length() - BlockState.TYPE_SUFFIX.length());
      String content = BlockState.decode(payload, type).name();
      if (!content.equals(name)) {
        throw new CorruptModelException(
            "the block must be '%s', as its key says, got '%s'".formatted(name, content));
      }
    }
    return new LiveBlock(name, version, type, frame.checksum(), payload);
  }
}
