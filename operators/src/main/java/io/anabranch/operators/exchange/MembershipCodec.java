package io.anabranch.operators.exchange;

import io.anabranch.models.format.BlockState;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;

/**
 * A block of a {@link Membership} in keyed state: its 1,024 bytes, or, when that is shorter, three
 * for each that is not zero: two of its place and its own.
 */
final class MembershipCodec {
  private static final String TYPE = "membership";
  private static final int VERSION = 1;
  private static final int LISTED = 3;

  private MembershipCodec() {}

  static byte[] encode(byte[] block) {
    int known = known(block);
    byte[] bytes = block;
    if (LISTED * known < block.length) {
      bytes = new byte[LISTED * known];
      int at = 0;
      for (int place = 0; place < block.length; place++) {
        if (block[place] != 0) {
          bytes[at++] = (byte) (place >>> Byte.SIZE);
          bytes[at++] = (byte) place;
          bytes[at++] = block[place];
        }
      }
    }
    ModelWriter out = new ModelWriter(TYPE, VERSION);
    out.writeBytes(bytes);
    return out.finish();
  }

  static byte[] decode(byte[] state) {
    ModelReader in = ModelReader.open(state, TYPE, VERSION);
    byte[] bytes = in.readBytes();
    in.end();
    if (bytes.length == BlockState.COORDINATES) {
      return bytes;
    }
    byte[] block = new byte[BlockState.COORDINATES];
    if (bytes.length % LISTED != 0) {
      throw new CorruptModelException(
          "a list of members must have 3 bytes for each, got " + bytes.length + " in all");
    }
    for (int at = 0; at < bytes.length; at += LISTED) {
      int place = ((bytes[at] & 0xff) << Byte.SIZE) | (bytes[at + 1] & 0xff);
      if (place >= block.length) {
        throw new CorruptModelException(
            "the place of a member must be < " + block.length + ", got " + place);
      }
      block[place] = bytes[at + 2];
    }
    return block;
  }

  static int known(byte[] block) {
    int known = 0;
    for (byte life : block) {
      known += life == 0 ? 0 : 1;
    }
    return known;
  }
}
