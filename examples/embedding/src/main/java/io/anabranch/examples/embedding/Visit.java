package io.anabranch.examples.embedding;

import org.jspecify.annotations.Nullable;

/** A visit to a shop: a POJO, as Flink wants it. */
public class Visit {
  /** The visit. */
  public String id = "";

  /** Who came. */
  public String user = "";

  /** Where they looked. */
  public String page = "";

  /** For how long. */
  public double seconds;

  /** Whether they bought; null when nobody knows. */
  public @Nullable Boolean bought;

  /** For Flink. */
  public Visit() {}

  /** Visit number n of an endless, fixed stream: whoever stays long on sale pages mostly buys. */
  public static Visit number(long n) {
    Visit visit = new Visit();
    visit.id = "v" + n;
    visit.user = "u" + n % 17;
    visit.page = n % 3 == 0 ? "sale" : "news";
    visit.seconds = n * 7919 % 1000 / 10.0;
    boolean odd = n % 41 == 0;
    visit.bought = n % 10 == 9 ? null : (visit.seconds > 40 && n % 3 == 0) != odd;
    return visit;
  }
}
