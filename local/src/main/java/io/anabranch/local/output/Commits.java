package io.anabranch.local.output;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job has committed. A producer is told that its transaction is committed before the marks
 * that say so are in all partitions, and a read-committed reader ends before what has no mark yet.
 */
public final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
  private static final long PAUSE_MILLIS = 20;

  private Commits() {}

  /**
   * Waits until readers see all that is committed by now. A broker that can't be asked (before
   * Kafka 3.0, or for want of a permission) is not waited for, and one that doesn't get done not
   * for longer than the patience.
   *
   * @param prefix what the names of the job's transactions begin with
   */
  public static void awaitMarks(Admin admin, String prefix, Duration patience)
      throws InterruptedException {
    ListTransactionsOptions committing =
        new ListTransactionsOptions().filterStates(List.of(TransactionState.PREPARE_COMMIT));
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (admin.listTransactions(committing).all().get().stream()
          .anyMatch(transaction -> transaction.transactionalId().startsWith(prefix))) {
        if (System.nanoTime() - deadline > 0) {
          LOG.warn("the last transactions of {} are committed, but readers don't see it", prefix);
          return;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (ExecutionException e) {
      LOG.info("transactions cannot be listed: the last output may be read incompletely", e);
    }
  }
}
