package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import io.anabranch.models.ensemble.Votes;

/**
 * What the members in one subtask say of one example, on its way to where the votes are counted. A
 * reused buffer; whoever keeps one copies it.
 *
 * <p>One of the subtasks says which example it was, without features; the others save the bytes.
 */
public final class MemberVotes {
  private int place;
  private long number;
  private long version = Long.MAX_VALUE;
  private boolean identified;
  private String id = "";
  private String key = "";
  private long time;
  private boolean labelled;
  private String label = "";
  private double target;
  private final Votes votes = new Votes();

  /**
   * Begins the votes on another example.
   *
   * @param place the key by which all votes on one example meet
   * @param number the example's number
   */
  public void begin(int place, long number) {
    this.place = place;
    this.number = number;
    version = Long.MAX_VALUE;
    identified = false;
    labelled = false;
    votes.clear();
  }

  /** Notes how many examples a member had learned from; the version is the least of these. */
  public void learnedFrom(long examples) {
    version = Math.min(version, examples);
  }

  /** Says which example it is. */
  public void identify(Example example) {
    identify(example.id(), example.key(), example.time());
    label(example.labelled(), example.label(), example.target());
  }

  void identify(String id, String key, long time) {
    identified = true;
    this.id = id;
    this.key = key;
    this.time = time;
  }

  void label(boolean labelled, String label, double target) {
    this.labelled = labelled;
    this.label = label;
    this.target = target;
  }

  /** Adds votes of other members on the same example. */
  public void add(MemberVotes other) {
    learnedFrom(other.version);
    votes.add(other.votes);
    if (other.identified) {
      identify(other.id, other.key, other.time);
      label(other.labelled, other.label, other.target);
    }
  }

  /** Makes these votes equal to others. */
  public void copyFrom(MemberVotes other) {
    begin(other.place, other.number);
    add(other);
  }

  /** The key by which all votes on one example meet. */
  public int place() {
    return place;
  }

  /** The example's number. */
  public long number() {
    return number;
  }

  /** How many examples each of the members had learned from, at least. */
  public long version() {
    return version;
  }

  /** Whether the example is known. */
  public boolean identified() {
    return identified;
  }

  /** Makes an example the one that was voted on, as far as it is known: without features. */
  public void example(Example into) {
    into.clear();
    if (identified) {
      into.identify(id, key, time);
    }
    if (identified && labelled) {
      into.label(label, target);
    }
  }

  String id() {
    return id;
  }

  String key() {
    return key;
  }

  long time() {
    return time;
  }

  boolean labelled() {
    return labelled;
  }

  String label() {
    return label;
  }

  double target() {
    return target;
  }

  /** The votes, live. */
  public Votes votes() {
    return votes;
  }
}
