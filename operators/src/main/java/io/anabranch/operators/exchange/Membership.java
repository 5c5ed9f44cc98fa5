package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.exchange.ExchangeShape;
import io.anabranch.models.format.BlockState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Which hashed coordinates of one shard are members of its model, one byte for each:
 *
 * <pre>
 *   0            nothing is known of it
 *   1 to 127     a candidate that has occurred so often, fading
 * 128 to 255     a member, last touched in the period whose number ends in these seven bits
 * </pre>
 *
 * <p>Candidates fade as in TinyLFU (Einziger, Friedman and Manes 2017, section 3.3): when they have
 * occurred as often as a sixteenth of the shard's coordinates, all counts are halved. So what
 * occurs once and never again does not add up over an endless stream, except by accident: a value
 * that occurs once joins when {@code count - 1} others fell on its coordinate meanwhile.
 *
 * <p>A member that is not touched is forgotten, by the time that the job has run: while it stands
 * still, or nothing came for a minute, none grows old, and a leap of the clock is a minute at most.
 * When a member was touched is known to an eighth of {@code expire}: it stays for at least that
 * time and for at most a quarter longer.
 *
 * <p>Memory: 1 KiB for each block of coordinates of which one is known.
 */
public final class Membership {
  private static final int IN_BLOCK = BlockState.COORDINATES - 1;
  private static final int PERIODS = 8;
  private static final int PERIOD_BITS = 127;
  private static final int LONGEST_JUMP = 100;
  private static final long LONGEST_STEP_MILLIS = 60_000;
  private static final int FADING = 16;
  private static final int LEAST_WINDOW = 256;

  // Stands for each block of which nothing is known; never written to.
  private static final byte[] UNKNOWN = new byte[BlockState.COORDINATES];

  private final int shardBits;
  private final int hashed;
  private final int count;
  private final long width;
  private final long window;
  private final byte[][] blocks;
  private final BitSet dirty = new BitSet();

  private long restoredWidth;
  private long last = -1;
  private long lastActive;
  private boolean active;
  private long elapsed;
  private long period;
  private long counted;
  private long admitted;
  private long refused;
  private long expired;

  /**
   * A shard of which nothing is known.
   *
   * @param hashBits coordinates below 2^hashBits are hashed; those above are always members
   */
  Membership(CoordinateLimits limits, ExchangeShape shape, int shard, int hashBits) {
    shardBits = shape.shardBits();
    hashed = Math.max(0, (1 << hashBits) - shard + shape.shards() - 1) >>> shardBits;
    count = limits.count();
    width = limits.expires() ? Math.max(1, limits.expireMillis() / PERIODS) : 0;
    window = Math.max(LEAST_WINDOW, hashed / FADING);
    blocks = new byte[(hashed + IN_BLOCK) / BlockState.COORDINATES][];
    Arrays.fill(blocks, UNKNOWN);
  }

  /** Whether a position of the shard is that of a member. */
  boolean has(int position) {
    return position >= hashed
        || blocks[position >>> ExchangeShape.BLOCK_BITS][position & IN_BLOCK] < 0;
  }

  /** Notes coordinates whose weights change, which makes them members. */
  void touch(CoordinateBatch changes) {
    active |= changes.size() > 0;
    int[] coordinates = changes.coordinates();
    for (int i = 0; i < changes.size(); i++) {
      touch(coordinates[i] >>> shardBits);
    }
  }

  private void touch(int position) {
    if (position >= hashed) {
      return;
    }
    byte before = blocks[position >>> ExchangeShape.BLOCK_BITS][position & IN_BLOCK];
    byte now = (byte) (Byte.MIN_VALUE | (period & PERIOD_BITS));
    if (before != now) {
      write(position, now);
      if (before >= 0) {
        admitted++;
      }
    }
  }

  /**
   * Counts occurrences of coordinates that a trainer did not learn.
   *
   * @param joined is told the position of each that is a member from now on
   */
  void count(CoordinateBatch occurrences, IntConsumer joined) {
    active |= occurrences.size() > 0;
    for (int i = 0; i < occurrences.size(); i++) {
      int position = occurrences.coordinates()[i] >>> shardBits;
      refused++;
      if (has(position)) {
        touch(position); // the trainer had not been told yet
      } else if (occurred(position)) {
        joined.accept(position);
      }
    }
  }

  private boolean occurred(int position) {
    int times = blocks[position >>> ExchangeShape.BLOCK_BITS][position & IN_BLOCK] + 1;
    if (times >= count) {
      touch(position);
      return true;
    }
    write(position, (byte) times);
    counted++;
    if (counted >= window) {
      counted = 0;
      fade();
    }
    return false;
  }

  private void fade() {
    for (int index = 0; index < blocks.length; index++) {
      byte[] block = blocks[index];
      for (int place = 0; block != UNKNOWN && place < block.length; place++) {
        if (block[place] > 0) {
          block[place] >>= 1;
          dirty.set(index);
        }
      }
    }
  }

  private void write(int position, byte life) {
    int index = position >>> ExchangeShape.BLOCK_BITS;
    if (blocks[index] == UNKNOWN) {
      blocks[index] = new byte[BlockState.COORDINATES];
    }
    blocks[index][position & IN_BLOCK] = life;
    dirty.set(index);
  }

  /**
   * Lets time pass.
   *
   * @param now milliseconds of the machine's clock
   * @param forgotten is told the position of each member that was not touched for too long
   */
  void advance(long now, IntConsumer forgotten) {
    if (width == 0) {
      return;
    }
    if (last < 0) {
      last = now;
      lastActive = now;
    }
    if (active) {
      lastActive = now;
      active = false;
    }
    if (now - lastActive <= LONGEST_STEP_MILLIS) {
      elapsed += Math.min(Math.max(0, now - last), LONGEST_STEP_MILLIS);
    }
    last = now;
    long next = elapsed / width;
    if (next > period) {
      forget(Math.min(LONGEST_JUMP, next - period), forgotten);
      period = next;
    }
  }

  /** Forgets those that are older than they may be once so many periods have passed. */
  private void forget(long passed, IntConsumer forgotten) {
    for (int index = 0; index < blocks.length; index++) {
      byte[] block = blocks[index];
      for (int place = 0; block != UNKNOWN && place < block.length; place++) {
        if (block[place] < 0 && ((period - block[place]) & PERIOD_BITS) + passed > PERIODS) {
          block[place] = 0;
          dirty.set(index);
          expired++;
          forgotten.accept(index << ExchangeShape.BLOCK_BITS | place);
        }
      }
    }
  }

  /** What changed since this was asked last: told block by block, empty when nothing is known. */
  public void takeChanges(Changes changes) throws Exception {
    for (int index = dirty.nextSetBit(0); index >= 0; index = dirty.nextSetBit(index + 1)) {
      if (MembershipCodec.known(blocks[index]) == 0) {
        blocks[index] = UNKNOWN;
        changes.removed(index);
      } else {
        changes.changed(index, MembershipCodec.encode(blocks[index]));
      }
    }
    dirty.clear();
  }

  /** Takes what changed to state. */
  public interface Changes {
    /** A block of which something is known. */
    void changed(int block, byte[] state) throws Exception;

    /** A block of which nothing is known any more. */
    void removed(int block) throws Exception;
  }

  /** What is kept besides. */
  public MembershipTotals totals() {
    return new MembershipTotals(elapsed, width, counted, admitted, refused, expired);
  }

  /** Takes over what was kept, before any block. */
  void restore(MembershipTotals totals) {
    restoredWidth = totals.width();
    elapsed = totals.elapsed();
    period = width == 0 ? 0 : elapsed / width;
    counted = totals.counted();
    admitted = totals.admitted();
    refused = totals.refused();
    expired = totals.expired();
  }

  /** Takes over a block. */
  void restore(int index, byte[] state, IntConsumer members) {
    byte[] block = MembershipCodec.decode(state);
    for (int place = 0; place < block.length; place++) {
      if (block[place] < 0) {
        block[place] = restamped(block[place]);
        members.accept(index << ExchangeShape.BLOCK_BITS | place);
      }
    }
    blocks[index] = block;
    if (width != restoredWidth) {
      dirty.set(index); // in state it still has the periods of the former time
    }
  }

  /** Of the same age, where {@code expire} is another one now. */
  private byte restamped(byte life) {
    if (width == restoredWidth) {
      return life;
    }
    long age = 0;
    if (width > 0 && restoredWidth > 0) {
      long passed = (elapsed / restoredWidth - life) & PERIOD_BITS;
      age = Math.min(LONGEST_JUMP, passed * restoredWidth / width);
    }
    return (byte) (Byte.MIN_VALUE | ((period - age) & PERIOD_BITS));
  }

  /** Makes a position that has a weight in state a member, unless it is one. */
  void adopt(int position) {
    if (!has(position)) {
      touch(position);
    }
  }
}
