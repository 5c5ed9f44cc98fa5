package io.anabranch.cluster.check;

import io.anabranch.cluster.feed.FedCounts;
import io.anabranch.cluster.feed.FeedPlan.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which records each learner has predicted, and how often: it must be once. */
public final class PredictionLedger {
  private static final int EXAMPLES = 5;

  private final Map<String, Account> accounts = new TreeMap<>();
  private long unique;

  private static final class Account {
    final List<BitSet> seen = new ArrayList<>();
    final List<String> doubled = new ArrayList<>();
    long predictions;
    long repeats;
  }

  /** A ledger in which each of these learners has predicted nothing. */
  public PredictionLedger(List<String> learners) {
    learners.forEach(learner -> accounts.put(learner, new Account()));
  }

  /** Enters a prediction. */
  public void enter(String learner, Place place) {
    Account account = accounts.computeIfAbsent(learner, each -> new Account());
    while (account.seen.size() <= place.partition()) {
      account.seen.add(new BitSet());
    }
    BitSet seen = account.seen.get(place.partition());
    int number = Math.toIntExact(place.number());
    account.predictions++;
    if (!seen.get(number)) {
      seen.set(number);
      unique++;
    } else {
      account.repeats++;
      if (account.doubled.size() < EXAMPLES) {
        account.doubled.add(place.id());
      }
    }
  }

  /** Whether there are as many different predictions as records times learners. */
  public boolean full(FedCounts fed) {
    return unique >= fed.total() * accounts.size();
  }

  /** One finding for each learner. */
  public List<Finding> findings(FedCounts fed) {
    List<Finding> findings = new ArrayList<>();
    accounts.forEach(
        (learner, account) ->
            findings.add(finding("one committed prediction per record: " + learner, account, fed)));
    return findings;
  }

  private static Finding finding(String what, Account account, FedCounts fed) {
    List<String> missing = new ArrayList<>();
    long missingCount = 0;
    long unknown = 0;
    for (int partition = 0; partition < fed.ofPartition().size(); partition++) {
      int count = Math.toIntExact(fed.ofPartition().get(partition));
      BitSet seen = partition < account.seen.size() ? account.seen.get(partition) : new BitSet();
      for (int number = seen.nextClearBit(0);
          number < count;
          number = seen.nextClearBit(number + 1)) {
        missingCount++;
        if (missing.size() < EXAMPLES) {
          missing.add(new Place(partition, number).id());
        }
      }
      unknown += seen.get(count, Math.max(count, seen.length())).cardinality();
    }
    for (BitSet other :
        account.seen.subList(
            Math.min(account.seen.size(), fed.ofPartition().size()), account.seen.size())) {
      unknown += other.cardinality();
    }
    boolean holds = missingCount == 0 && unknown == 0 && account.repeats == 0;
    String detail = String.format(Locale.ROOT, "%,d predictions", account.predictions);
    if (!holds) {
      detail +=
          String.format(
              Locale.ROOT,
              "; %,d missing %s, %,d repeated %s, %,d of records never fed",
              missingCount,
              missing,
              account.repeats,
              account.doubled,
              unknown);
    }
    return new Finding(what, holds, detail);
  }
}
