package io.anabranch.job.topology;

import io.anabranch.job.decode.RecordDecoder;
import java.io.Serializable;

/** Makes the decoder of a subtask; decoders themselves do not travel. */
@FunctionalInterface
interface DecoderFactory extends Serializable {

  /** A decoder for one subtask. */
  RecordDecoder create();
}
