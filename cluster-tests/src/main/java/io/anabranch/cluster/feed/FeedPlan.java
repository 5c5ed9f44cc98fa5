package io.anabranch.cluster.feed;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What is fed: record {@code number} of each partition, a pure function of the seed.
 *
 * <p>A key's records are all in one partition, and a key is in use for a while and never again: a
 * model that was lost or overwritten late would be noticed, since nothing repairs it afterwards.
 *
 * @param seed of all values
 * @param partitions of the input topic
 */
public record FeedPlan(long seed, int partitions) {
  private static final int KEYS_AT_A_TIME = 10;
  private static final int RECORDS_PER_KEYS = 2_000;
  private static final double[] WEIGHTS = {1.5, -1, 0.7, 0};

  /** Which record it is. */
  public record Place(int partition, long number) {
    /** The id of the record at this place. */
    public String id() {
      return "p" + partition + "-" + number;
    }

    /** The place of a record's id. */
    public static Place of(String id) {
      int dash = id.indexOf('-');
      return new Place(
          Integer.parseInt(id.substring(1, dash)), Long.parseLong(id.substring(dash + 1)));
    }
  }

  /** The record's value, JSON in UTF-8. */
  public byte[] value(Place place) {
    SplittableRandom random =
        new SplittableRandom(
            (seed * 0x9e3779b97f4a7c15L + place.partition()) * 0xd6e8feb86659fd93L
                + place.number());
    StringBuilder json = new StringBuilder(160);
    json.append("{\"id\":\"").append(place.id());
    json.append("\",\"key\":\"k").append(place.partition());
    json.append('-').append(place.number() / RECORDS_PER_KEYS);
    json.append('-').append(random.nextInt(KEYS_AT_A_TIME)).append('"');
    double score = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      double value = Math.rint(random.nextDouble(-2, 2) * 1e4) / 1e4;
      score += WEIGHTS[i] * value;
      json.append(",\"x").append(i).append("\":").append(value);
    }
    json.append(",\"c\":\"v").append(random.nextInt(1_000)).append('"');
    boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-score));
    return json.append(",\"label\":")
        .append(positive ? 1 : 0)
        .append('}')
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
