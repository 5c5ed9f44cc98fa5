package io.anabranch.local.feed;

import java.nio.file.Path;

/**
 * How far a feed is.
 *
 * @param records records handed to Kafka
 * @param bytesRead bytes of the file read, compressed ones for a compressed file
 * @param bytes size of the file
 * @param finished whether every record is acknowledged
 */
public record FeedProgress(
    String topic, Path file, long records, long bytesRead, long bytes, boolean finished) {

  /** The share read, 0 to 1; reading is ahead of producing by the buffers. */
  public double fraction() {
    if (finished || bytes == 0) {
      return finished ? 1 : 0;
    }
    return Math.min(1, (double) bytesRead / bytes);
  }
}
