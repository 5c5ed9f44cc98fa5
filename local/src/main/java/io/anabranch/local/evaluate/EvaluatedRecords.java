package io.anabranch.local.evaluate;

import io.anabranch.local.feed.FedRecord;
import io.anabranch.local.feed.Feed;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The records of a file that are evaluated, in their order.
 *
 * @param feed the file
 * @param shuffle the seed of another order; shuffling holds all records in memory
 * @param limit at most so many records, after shuffling; at least 1
 */
public record EvaluatedRecords(Feed feed, OptionalLong shuffle, long limit) {
  void forEach(Consumer<FedRecord> taker) throws FeedException {
    if (shuffle.isEmpty()) {
      read(limit, taker);
      return;
    }
    List<FedRecord> all = new ArrayList<>();
    read(Long.MAX_VALUE, all::add);
    Collections.shuffle(all, new Random(shuffle.getAsLong()));
    all.stream().limit(limit).forEach(taker);
  }

  private void read(long most, Consumer<FedRecord> taker) throws FeedException {
    long count = 0;
    try (RecordReader reader = feed.records()) {
      Optional<FedRecord> next = reader.next();
      while (next.isPresent() && count < most) {
        count++;
        taker.accept(next.get());
        next = reader.next();
      }
    } catch (IOException e) {
      throw feed.unreadable(e, count);
    }
  }
}
