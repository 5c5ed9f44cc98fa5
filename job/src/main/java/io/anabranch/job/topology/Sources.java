package io.anabranch.job.topology;

import org.apache.flink.api.connector.source.Source;

/** What a job reads from. */
public interface Sources {

  /** The feature stream. */
  Source<RawRecord, ?, ?> features();
}
