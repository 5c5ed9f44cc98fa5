package io.anabranch.local.feed;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the records of one file in order. */
public interface RecordReader extends Closeable {
  /** The next record, or empty at the end. */
  Optional<FedRecord> next() throws IOException, FeedException;
}
